/* Events on the map: marks and counted groups, and the order of drawing.  Takes one payload (dashboard/map_view.py describes it) per
   filter change and draws it into the feature group; every click ends in pick(id), which reaches Python as
   `last_object_clicked_tooltip`.  Text is always set as text, never as HTML. */
(function () {
  "use strict";
  const D = (window.Dateline = window.Dateline || {});
  D.chosen = new Set();
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
    const kind = id.split(":")[0], rest = id.slice(kind.length + 1);
    if (!D.current || kind === "draw" || kind === "frame") return;
    D.current.payload.chosen = kind === "event" ? [rest] : kind === "list" || kind === "legs" ? rest.split("|") : [];
    D.current.payload.place = kind === "country" || kind === "province" ? rest : "";
    D.point(); D.current.redraw();         // pointed out at once; the page follows
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
  function points(group, rows, taken) {
    const map = D.map, zoom = map.getZoom();
    if (rows.length && rows[0].plain) { rows.forEach(function (row) { single(group, row, taken); }); return; }   // candidates: each its own mark
    clusters(rows).forEach(function (c) {
      if (c.members.length === 1 && !c.members[0].many) { single(group, c.members[0], taken); return; }
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
      const chosen = ids.some(function (i) { return D.chosen.has(i); }) ? " selected" : "";
      put(group, [c.lat, c.lon], drawn, "cluster" + chosen, "list:" + ids.slice(0, 300).join("|"), text,
        splits ? function () { map.fitBounds(box.pad(0.3), {maxZoom: Math.max(zoom + 2, 7)}); } : null, 200, taken);
    });
    if (zoom >= 6) names(group, rows, map.getBounds().pad(0.25), taken);
  }
  function single(group, row, taken) {
    const drawn = glyph(row.shape, row.r);
    put(group, [row.lat, row.lon], drawn, row.kind + " " + row.look + (D.chosen.has(row.id) ? " selected" : ""), row.plain ? row.id : "event:" + row.id, row.text, null, 300, taken);
  }
  function names(group, rows, view, taken) {
    const seen = new Set();
    rows.forEach(function (row) {
      if (!row.place || seen.has(row.place) || !view.contains([row.lat, row.lon])) return;
      seen.add(row.place);
      const p = D.map.latLngToContainerPoint([row.lat, row.lon]), w = row.place.length * 3.4 + 3, box = [p.x - w, p.y + 13, p.x + w, p.y + 29];
      if (taken.some(function (t) { return t[4] && box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]; })) return;
      taken.push(box.concat(true));        // names keep off names; marks may touch them
      const text = document.createElement("span"); text.textContent = row.place; text.dir = "auto";
      L.marker([row.lat, row.lon], {pane: "names", interactive: false, keyboard: false,
        icon: L.divIcon({className: "place-name", html: text, iconSize: [0, 0]})}).addTo(group);
    });
  }

  D.pick = pick; D.tip = tip; D.own = own; D.glyph = glyph; D.put = put;

  /* ---- heat: soft discs that add up ---- */
  function heat(group, rows) {
    rows.forEach(function (row) {
      L.circleMarker([row.lat, row.lon], {pane: "heat", renderer: (D.heatRenderer = D.heatRenderer || L.svg({pane: "heat", padding: 0.5})), interactive: false, className: "heat", weight: 0,
        radius: 14 + 3 * Math.log2(row.many || 1), fillOpacity: Math.min(0.6, 0.22 + 0.06 * Math.log2(row.many || 1))}).addTo(group);
    });
  }

  /* ---- what is selected, here or in another part of the page ---- */
  D.point = function () {
    const payload = D.current.payload, ids = new Set(payload.chosen || []);
    D.chosen = ids;
    document.documentElement.classList.toggle("has-selection", ids.size > 0);
    (D.legParts || []).forEach(function (part) { part.path.classList.toggle("selected", part.ids.some(function (i) { return ids.has(i); })); });
    if (D.pointed) { D.pointed.remove(); D.pointed = null; }
    const shape = payload.place && ((D.provinceLayers || {})[payload.place] || D.shape(payload.place));
    if (shape) D.pointed = L.geoJSON(shape.toGeoJSON(), {pane: "areas", interactive: false, style: {className: "pointed", weight: 2, fill: false}}).addTo(D.map);
  };

  D.draw = function (group, payload) {
    const map = D.map, moving = L.layerGroup(), marks = payload.marks !== false;
    payload.chosen = payload.chosen || (payload.selected ? [payload.selected] : []);
    if (current) D.touched = true;
    D.legend(payload.legend);
    D.regions(payload.areas);
    if (!current) {
      D.corner(map);
      const given = payload.aside ? null : D.viewFromAddress();   // a map aside has its own view
      if (given) map.setView([given[0], given[1]], given[2], {animate: false});
      else {
        D.fit(payload.focus || payload.bounds);
        // until the reader moves the map or filters, the view follows the size of its frame and of the legend
        const again = function () { if (!D.touched) D.fit(current.payload.focus || current.payload.bounds); };
        map.on("resize", again);
        new ResizeObserver(again).observe(D.legendBox);
        ["pointerdown", "wheel", "keydown"].forEach(function (name) { map.getContainer().addEventListener(name, function () { D.touched = true; }, {once: true, capture: true}); });
      }
      if (!payload.aside) D.keepAddress(map);
      if (payload.spots) map.on("click", function (e) {   // a click beside every mark picks the spot itself
        const at = e.latlng.wrap();
        if (!D.dragged()) pick("spot:" + at.lat.toFixed(4) + "," + at.lng.toFixed(4));
      });
    }
    else { map.off("moveend", current.redraw); if (!current.payload.bounds && payload.bounds && !D.fitted) D.fit(payload.focus || payload.bounds); }
    D.fitted = D.fitted || !!payload.bounds;
    const redraw = function () {
      const taken = [];
      moving.clearLayers();
      if (marks) points(moving, payload.points, taken);
      D.badges(moving, payload.areas, taken);
      payload.stops.forEach(function (r) { const p = map.latLngToContainerPoint([r.lat, r.lon]); taken.push([p.x - 7, p.y - 7, p.x + 7, p.y + 7]); });
      D.outside(payload);
      const labelled = map.getZoom() < D.LABELLED.country ? [] : payload.areas.map(function (r) { return r.label; });
      D.names(taken, new Set(labelled.concat(map.getZoom() >= 6 ? payload.points.map(function (r) { return r.place; }) : [])));
    };
    current = D.current = {payload: payload, redraw: redraw};
    D.choropleth(payload.choropleth, pick, tip);
    group.on("add", function () {
      D.legParts = [];
      D.provinces(group, payload.provinces || []); if (payload.heat) heat(group, payload.points);
      D.areas(group, payload.areas); D.nations(group, payload.nations || []); D.legs(group, payload.legs); D.stops(group, payload.stops);
      D.area(group, payload.area || []);
      D.point();
      moving.addTo(group); redraw();
      map.on("moveend", redraw);
      if (D.rewriteAddress) D.rewriteAddress();
      D.drawn = (D.drawn || 0) + 1;          // for measurements
    });
    group.on("remove", function () { map.off("moveend", redraw); });
  };
})();
