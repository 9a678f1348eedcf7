/* Events on the map: marks, areas, routes, legend.  Takes one payload (dashboard/marks.py describes it) per
   filter change and draws it into the feature group; every click ends in pick(id), which reaches Python as
   `last_object_clicked_tooltip`.  Text is always set as text, never as HTML. */
(function () {
  "use strict";
  const D = (window.Dateline = window.Dateline || {});
  const CELL = 46;                         // pixels: marks closer than this at the current zoom are counted together
  let current = null;

  /* Report a click at once; streamlit-folium's own way waits 250 ms. */
  function pick(id) {
    const g = window.__GLOBAL_DATA__;
    g.last_object_clicked_tooltip = id;
    g.last_object_clicked_count += 1;
    const data = {last_object_clicked_count: g.last_object_clicked_count, last_object_clicked_tooltip: id};
    g.previous_data = data;                // so that a later pan does not send it again
    if (window.Streamlit) window.Streamlit.setComponentValue(data);
  }

  const tipBox = document.createElement("div");
  tipBox.className = "dl-tip"; tipBox.setAttribute("role", "status"); tipBox.hidden = true;
  function tip(event, text) {
    if (!event || !text) { tipBox.hidden = true; return; }
    if (!tipBox.parentNode) document.body.appendChild(tipBox);
    tipBox.textContent = text;
    tipBox.hidden = false;
    const box = event.target.getBoundingClientRect ? event.target.getBoundingClientRect() : {left: 0, bottom: 0};
    const x = event.clientX || box.left, y = event.clientY || box.bottom;
    tipBox.style.left = Math.max(4, Math.min(x + 12, window.innerWidth - tipBox.offsetWidth - 8)) + "px";
    tipBox.style.top = (y + 14 + tipBox.offsetHeight > window.innerHeight ? y - tipBox.offsetHeight - 8 : y + 14) + "px";
  }

  function own(element, id, text, act) {   // mouse and keyboard alike
    element.setAttribute("tabindex", "0"); element.setAttribute("role", "button");
    element.setAttribute("aria-label", text.replace(/\n/g, ", "));
    element.addEventListener("click", function (e) { e.stopPropagation(); if (!D.dragged()) { tip(null); (act || pick)(id); } });
    element.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); e.stopPropagation(); (act || pick)(id); } });
    element.addEventListener("mousemove", function (e) { tip(e, text); });
    element.addEventListener("mouseleave", function () { tip(null); });
    element.addEventListener("focus", function (e) { tip(e, text); });
    element.addEventListener("blur", function () { tip(null); });
  }

  /* ---- shapes, as SVG text: fixed strings and numbers only ---- */
  function glyph(shape, r) {
    const c = r + 2, s = 2 * c;
    const body = shape === "square" ? "M" + (c - 0.88 * r) + " " + (c - 0.88 * r) + "h" + 1.76 * r + "v" + 1.76 * r + "h" + -1.76 * r + "z"
      : shape === "triangle" ? "M" + c + " " + (c - r) + "L" + (c + 0.95 * r) + " " + (c + 0.72 * r) + "L" + (c - 0.95 * r) + " " + (c + 0.72 * r) + "z"
      : "M" + (c - r) + " " + c + "a" + r + " " + r + " 0 1 0 " + 2 * r + " 0a" + r + " " + r + " 0 1 0 " + -2 * r + " 0z";
    return {svg: '<svg width="' + s + '" height="' + s + '" viewBox="0 0 ' + s + " " + s + '" aria-hidden="true"><path d="' + body + '"/></svg>', size: s};
  }
  function donut(counts, r) {              // a ring cut by kind around the number
    const total = counts.incident + counts.arrest + counts.route, c = r + 2, len = 2 * Math.PI * (r - 2);
    let from = 0, rings = "";
    ["incident", "arrest", "route"].forEach(function (kind) {
      if (!counts[kind]) return;
      const part = counts[kind] / total * len;
      rings += '<circle class="ring ' + kind + '" cx="' + c + '" cy="' + c + '" r="' + (r - 2) + '" stroke-dasharray="' + part + " " + (len - part) + '" stroke-dashoffset="' + -from + '"/>';
      from += part;
    });
    return {svg: '<svg width="' + 2 * c + '" height="' + 2 * c + '" aria-hidden="true"><circle class="disc" cx="' + c + '" cy="' + c + '" r="' + (r - 1) + '"/>' + rings
      + '<text x="' + c + '" y="' + (c + 4) + '">' + (total > 9999 ? Math.round(total / 1000) + "k" : total) + "</text></svg>", size: 2 * c};
  }
  function put(group, latlng, drawn, className, id, text, act, z, taken) {
    if (taken) { const p = D.map.latLngToContainerPoint(latlng), h = drawn.size / 2; taken.push([p.x - h, p.y - h, p.x + h, p.y + h]); }
    const marker = L.marker(latlng, {keyboard: false, zIndexOffset: z || 0, riseOnHover: true,
      icon: L.divIcon({className: "dl-mark " + className, html: drawn.svg, iconSize: [drawn.size, drawn.size]})});
    marker.on("add", function () { own(marker.getElement(), id, text, act); });
    return marker.addTo(group);
  }

  /* ---- points: near ones counted together, opened by zooming in ---- */
  function radius(n) { return Math.min(30, 11 + 2.6 * Math.log2(n)); }
  function join(into, m) {
    const weight = m.many || m.n || 1;
    into.lat = (into.lat * into.n + m.lat * weight) / (into.n + weight);
    into.lon = (into.lon * into.n + m.lon * weight) / (into.n + weight);
    into.n += weight; into.members = into.members.concat(m.members || [m]);
    return into;
  }
  function clusters(rows) {                // a grid first; then rings that would lie over each other become one
    const map = D.map, zoom = map.getZoom(), view = map.getBounds().pad(0.25), cells = new Map();
    rows.forEach(function (row) {
      if (!view.contains([row.lat, row.lon])) return;
      const p = map.project([row.lat, row.lon], zoom), key = Math.round(p.x / CELL) + ":" + Math.round(p.y / CELL);
      if (!cells.has(key)) cells.set(key, {lat: 0, lon: 0, n: 0, members: []});
      join(cells.get(key), row);
    });
    const all = Array.from(cells.values()).sort(function (a, b) { return b.n - a.n; }), out = [];
    all.forEach(function (c) {
      const p = map.project([c.lat, c.lon], zoom), r = c.n > 1 ? radius(c.n) : 7;
      const near = out.find(function (o) { return o.at.distanceTo(p) < (o.n > 1 ? radius(o.n) : 7) + r + 1; });
      if (near) { join(near, c); near.at = map.project([near.lat, near.lon], zoom); }
      else { c.at = p; out.push(c); }
    });
    return out;
  }
  function points(group, rows, selected, taken) {
    const map = D.map, zoom = map.getZoom();
    if (rows.length && rows[0].plain) { rows.forEach(function (row) { single(group, row, selected, taken); }); return; }   // candidates: each its own mark
    clusters(rows).forEach(function (c) {
      if (c.members.length === 1 && !c.members[0].many) { single(group, c.members[0], selected, taken); return; }
      const counts = {incident: 0, arrest: 0, route: 0}; let ids = [];
      c.members.forEach(function (m) {
        ids = ids.concat(m.ids);
        Object.keys(m.mix).forEach(function (k) { counts[k] += m.mix[k]; });
      });
      const drawn = donut(counts, radius(c.n));
      const places = Array.from(new Set(c.members.map(function (m) { return m.place; })));
      const text = c.n + " events\n" + places.slice(0, 4).join(", ") + (places.length > 4 ? " and " + (places.length - 4) + " more places" : "");
      const box = L.latLngBounds(c.members.map(function (m) { return [m.lat, m.lon]; }));
      const splits = !box.getNorthEast().equals(box.getSouthWest()) && zoom < map.getMaxZoom();
      const chosen = ids.indexOf(selected) >= 0 ? " selected" : "";
      put(group, [c.lat, c.lon], drawn, "cluster" + chosen, "list:" + ids.slice(0, 300).join("|"), text,
        splits ? function () { map.fitBounds(box.pad(0.3), {maxZoom: Math.max(zoom + 2, 7)}); } : null, 200, taken);
    });
    if (zoom >= 6) names(group, rows, map.getBounds().pad(0.25));
  }
  function single(group, row, selected, taken) {
    const drawn = glyph(row.shape, row.r);
    put(group, [row.lat, row.lon], drawn, row.kind + " " + row.look + (row.id === selected ? " selected" : ""), row.plain ? row.id : "event:" + row.id, row.text, null, 300, taken);
  }
  function names(group, rows, view) {
    const seen = new Set();
    rows.forEach(function (row) {
      if (!row.place || seen.has(row.place) || !view.contains([row.lat, row.lon])) return;
      seen.add(row.place);
      const text = document.createElement("span"); text.textContent = row.place;
      L.marker([row.lat, row.lon], {pane: "names", interactive: false, keyboard: false,
        icon: L.divIcon({className: "place-name", html: text, iconSize: [0, 0]})}).addTo(group);
    });
  }

  /* ---- areas: never a pin for what is only known to a province or a country ---- */
  function areas(group, rows) {
    rows.forEach(function (row) {
      if (!row.shape) return;
      const layer = L.geoJSON(row.shape, {pane: "areas", interactive: false, style: {className: "area " + row.kind, weight: 1.2}}).addTo(group);
      layer.eachLayer(function (part) { if (part.getElement()) own(part.getElement(), row.id, row.text); });
    });
  }
  const LABELLED = {country: 4, admin1: 5.5};   // below this zoom the number alone; the name is one hover away
  const SHIFTS = [[0, 0], [0, -24], [0, 24], [26, 0], [-26, 0], [0, -44], [0, 44], [70, 0], [-70, 0], [70, -26], [-70, -26], [70, 26], [-70, 26], [0, 66], [0, -66], [110, 40], [-110, 40]];
  function byCountry(rows) {               // far out, a country and its provinces share one badge
    const groups = new Map(), out = [];
    rows.forEach(function (row) {
      if (!row.iso3 || (row.level !== "country" && row.level !== "admin1")) return;
      if (!groups.has(row.iso3)) groups.set(row.iso3, []);
      groups.get(row.iso3).push(row);
    });
    groups.forEach(function (members, iso3) {
      if (members.length === 1) { out.push(members[0]); return; }
      const whole = members.find(function (m) { return m.level === "country"; }), n = members.reduce(function (sum, m) { return sum + m.count; }, 0);
      const first = whole || members.reduce(function (a, b) { return b.count > a.count ? b : a; });
      const kinds = new Set(members.map(function (m) { return m.kind; })), shape = D.shape(iso3);
      out.push({id: "coarse:" + iso3, kind: kinds.size === 1 ? first.kind : "mixed", level: "country", n: String(n), count: n, lat: first.lat, lon: first.lon, iso3: iso3,
        label: shape ? shape.dlName : first.label,
        text: (shape ? shape.dlName : first.label) + "\n" + n + " events known only to the country or a province: " + members.map(function (m) { return m.label + " " + m.n; }).slice(0, 6).join(", ")});
    });
    return out;
  }
  function badges(group, rows, taken) {    // moved aside, with a thin line back, where something is in the way
    const zoom = D.map.getZoom(), view = D.map.getBounds();
    const placed = rows.filter(function (r) { return r.level === "country" || r.level === "admin1"; });
    (zoom < LABELLED.admin1 ? byCountry(placed) : placed).sort(function (a, b) { return b.count - a.count; }).forEach(function (row) {
      if (!view.contains([row.lat, row.lon])) return;
      const named = zoom >= (LABELLED[row.level] || 0), label = named ? row.label || "" : "";
      const p = D.map.latLngToContainerPoint([row.lat, row.lon]), w = 6 + 4 * String(row.n).length + (label ? 6 + 3.3 * label.length : 0);
      const boxes = SHIFTS.map(function (s) { return [p.x + s[0] - w, p.y + s[1] - 11, p.x + s[0] + w, p.y + s[1] + 11]; });
      let at = boxes.findIndex(function (b) { return !taken.some(function (t) { return b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1]; }); });
      if (at < 0) at = 0;
      taken.push(boxes[at]);
      const spot = D.map.containerPointToLatLng([p.x + SHIFTS[at][0], p.y + SHIFTS[at][1]]);
      if (at > 0) L.polyline([[row.lat, row.lon], spot], {pane: "areas", interactive: false, className: "leader " + row.kind, weight: 1}).addTo(group);
      const box = badge(row, label);
      L.marker(spot, {keyboard: false, zIndexOffset: 100, icon: L.divIcon({className: "dl-badge", html: box, iconSize: [0, 0]})}).addTo(group);
    });
  }
  function badge(row, label) {
    const box = document.createElement("div"), count = document.createElement("b");
    box.className = "badge " + row.kind + " " + row.level; count.textContent = row.n; box.appendChild(count);
    if (label) { const t = document.createElement("span"); t.textContent = label; box.appendChild(t); }
    own(box, row.id, row.text);
    const lit = function (on) { D.hatchCountries(on ? row.members || (row.iso3 && row.level === "country" ? [row.iso3] : []) : [], row.kind); };
    ["mouseenter", "focus"].forEach(function (name) { box.addEventListener(name, function () { lit(true); }); });
    ["mouseleave", "blur"].forEach(function (name) { box.addEventListener(name, function () { lit(false); }); });
    return box;
  }
  function regions(rows) {                 // what is known only to a region or a sea has no spot: it stands in the corner
    if (D.regionBox) D.regionBox.remove();
    D.regionBox = null;
    const wide = rows.filter(function (r) { return r.level === "region" || r.level === "water"; }).sort(function (a, b) { return b.count - a.count; });
    if (!wide.length) return;
    const box = (D.regionBox = document.createElement("details")), head = document.createElement("summary"), list = document.createElement("div");
    box.className = "dl-regions"; box.open = D.map.getSize().x > 700 && wide.length < 7;
    head.textContent = wide.reduce(function (sum, r) { return sum + r.count; }, 0) + " known only to a region or sea"; box.appendChild(head);
    wide.slice(0, 12).forEach(function (row) { list.appendChild(badge(row, row.label)); });
    box.appendChild(list);
    D.map.getContainer().appendChild(box);
    L.DomEvent.disableClickPropagation(box); L.DomEvent.disableScrollPropagation(box);
  }

  /* ---- routes ---- */
  const Arrow = L.CircleMarker.extend({
    _updatePath: function () {
      const p = this._point, a = this.options.angle, s = this.options.size;
      const at = function (x, y) { return (p.x + x * Math.cos(a) - y * Math.sin(a)).toFixed(1) + " " + (p.y + x * Math.sin(a) + y * Math.cos(a)).toFixed(1); };
      this._renderer._setPath(this, "M" + at(s, 0) + "L" + at(-s, 0.75 * s) + "L" + at(-0.5 * s, 0) + "L" + at(-s, -0.75 * s) + "z");
    },
    _empty: function () { return false; },
  });
  const Leg = L.Polyline.extend({          // both directions stay visible: each is moved to its own right
    _updatePath: function () {
      const by = this.options.shift || 0;
      if (by) this._parts = this._parts.map(function (ring) {
        return ring.map(function (p, i) {
          const a = ring[Math.max(0, i - 1)], b = ring[Math.min(ring.length - 1, i + 1)], d = Math.hypot(b.x - a.x, b.y - a.y) || 1;
          return new L.Point(p.x - (b.y - a.y) / d * by, p.y + (b.x - a.x) / d * by);
        });
      });
      L.Polyline.prototype._updatePath.call(this);
    },
  });
  function legs(group, rows, selected) {
    const renderer = (D.lineRenderer = D.lineRenderer || L.svg({pane: "lines", padding: 0.5})), map = D.map;
    rows.forEach(function (row) {
      const look = "leg" + (row.dashed ? " inferred" : "") + (row.ids.indexOf(selected) >= 0 ? " selected" : "");
      const shared = {renderer: renderer, pane: "lines", interactive: false, smoothFactor: 0.5, shift: row.shift, fill: false};
      new Leg(row.curve || row.line, Object.assign({className: "casing", weight: row.w + 3}, shared)).addTo(group);
      new Leg(row.curve || row.line, Object.assign({className: look, weight: row.w, dashArray: row.dashed ? "6 6" : null}, shared)).addTo(group);
      const hit = new Leg(row.curve || row.line, Object.assign({className: "hit", weight: 14}, shared)).addTo(group);
      if (hit.getElement()) own(hit.getElement(), row.id, row.text);
      row.heads.forEach(function (head) {
        const p = map.project(head[0], 6), q = map.project(head[1], 6), angle = Math.atan2(q.y - p.y, q.x - p.x);
        new Arrow(head[1], {renderer: renderer, pane: "lines", interactive: false, className: "head" + (row.dashed ? " inferred" : ""), angle: angle, size: 5 + row.w, weight: 1}).addTo(group);
      });
    });
  }
  function stops(group, rows) {
    rows.forEach(function (row) {
      const drawn = glyph("circle", row.role === "transit" ? 3.5 : 5.5);
      put(group, [row.lat, row.lon], drawn, "stop " + row.role + (row.coarse ? " coarse" : ""), row.id, row.text, null, 50);
    });
  }

  /* ---- legend: only what is drawn; a line holds several signs ---- */
  function sign(row) {
    const part = document.createElement("span"), mark = document.createElement("i"), text = document.createElement("span");
    part.className = "sign " + row.type; mark.setAttribute("aria-hidden", "true");
    if (row.type === "mark") { mark.className = "dl-mark " + row.kind + " " + row.look; mark.innerHTML = glyph(row.shape, 5.5).svg; }
    else mark.className = row.type + " " + (row.look || "");
    if (row.type === "steps") row.colours.forEach(function (c) { const b = document.createElement("b"); b.className = "step c" + c; mark.appendChild(b); });
    text.textContent = row.label; part.appendChild(mark); part.appendChild(text);
    return part;
  }
  function legend(lines) {
    const open = D.legendBox ? D.legendBox.open : window.innerWidth > 640;
    if (D.legendBox) D.legendBox.remove();
    const box = (D.legendBox = document.createElement("details")), head = document.createElement("summary");
    box.className = "dl-legend"; box.open = open; head.textContent = "Legend"; box.appendChild(head);
    const rows = document.createElement("div");
    rows.className = "rows"; box.appendChild(rows);
    lines.forEach(function (signs) {
      const line = document.createElement("div");
      line.className = "row"; signs.forEach(function (row) { line.appendChild(sign(row)); }); rows.appendChild(line);
    });
    const note = document.createElement("div");
    note.className = "row note"; note.textContent = "Shapes: Natural Earth; towns: GeoNames. Boundaries do not imply endorsement."; rows.appendChild(note);
    D.map.getContainer().appendChild(box);
    L.DomEvent.disableClickPropagation(box);
  }

  function fit(bounds) {
    if (!bounds) return;
    const low = D.legendBox && D.legendBox.open ? D.legendBox.offsetHeight : 0, wide = D.map.getSize().x > 700;
    D.map.fitBounds(bounds, {paddingTopLeft: [wide ? 50 : 20, 24], paddingBottomRight: [wide ? 30 : 20, 20 + low], maxZoom: 6, animate: false});
  }
  function corner(map) {                   // show everything; how much lies outside the view
    const control = L.control({position: "topleft"});
    control.onAdd = function () {
      const box = L.DomUtil.create("div", "leaflet-bar"), link = L.DomUtil.create("a", "fit", box);
      link.href = "#"; link.title = "Show everything that is drawn"; link.setAttribute("role", "button"); link.setAttribute("aria-label", link.title); link.textContent = "⤢";
      L.DomEvent.on(link, "click", function (e) { L.DomEvent.stop(e); if (current) fit(current.payload.bounds); });
      return box;
    };
    control.addTo(map);
    const chip = (D.outsideChip = document.createElement("button"));
    chip.className = "dl-outside"; chip.type = "button"; chip.hidden = true;
    chip.addEventListener("click", function () { if (current) fit(current.payload.bounds); });
    map.getContainer().appendChild(chip);
    L.DomEvent.disableClickPropagation(chip);
  }
  function outside(payload) {
    const view = D.map.getBounds(), placed = payload.areas.filter(function (a) { return a.level === "country" || a.level === "admin1"; });
    let n = 0;
    payload.points.concat(placed).forEach(function (r) { if (!view.contains([r.lat, r.lon])) n += r.many || r.count || 1; });
    D.outsideChip.hidden = !n;
    D.outsideChip.textContent = n + (n === 1 ? " event" : " events") + " outside this view · show all";
  }

  D.draw = function (group, payload) {
    const map = D.map, moving = L.layerGroup();
    legend(payload.legend);
    regions(payload.areas);
    if (!current) {
      corner(map);
      fit(payload.focus || payload.bounds);
      const again = function () { fit(current.payload.focus || current.payload.bounds); };             // the page sets the height of the frame a moment later
      map.once("resize", again);
      setTimeout(function () { map.off("resize", again); }, 1500);
    }
    else { map.off("moveend", current.redraw); if (!current.payload.bounds && payload.bounds && !D.fitted) fit(payload.focus || payload.bounds); }
    D.fitted = D.fitted || !!payload.bounds;
    const redraw = function () {
      const taken = [];
      moving.clearLayers(); points(moving, payload.points, payload.selected, taken); badges(moving, payload.areas, taken);
      payload.stops.forEach(function (r) { const p = map.latLngToContainerPoint([r.lat, r.lon]); taken.push([p.x - 7, p.y - 7, p.x + 7, p.y + 7]); });
      outside(payload);
      const labelled = map.getZoom() < LABELLED.country ? [] : payload.areas.map(function (r) { return r.label; });
      D.names(taken, new Set(labelled.concat(map.getZoom() >= 6 ? payload.points.map(function (r) { return r.place; }) : [])));
    };
    if (payload.spots && !D.spots) {          // a click beside every mark picks the spot itself
      D.spots = true;
      map.on("click", function (e) { if (!D.dragged()) pick("spot:" + e.latlng.lat.toFixed(4) + "," + e.latlng.wrap().lng.toFixed(4)); });
    }
    current = {payload: payload, redraw: redraw};
    D.choropleth(payload.choropleth, pick, tip);
    document.documentElement.classList.toggle("has-selection", !!payload.selected);
    group.on("add", function () {
      areas(group, payload.areas); legs(group, payload.legs, payload.selected); stops(group, payload.stops);
      moving.addTo(group); redraw();
      map.on("moveend", redraw);
      D.drawn = (D.drawn || 0) + 1;          // for measurements
    });
    group.on("remove", function () { map.off("moveend", redraw); });
  };
})();
