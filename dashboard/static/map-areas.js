/* Areas on the map: hatched provinces, badges of countries, shaded provinces, and what is known only to a region.
   Uses D.own, D.pick, D.tip of map-marks.js; gives D.areas, D.badges, D.regions, D.provinces, D.LABELLED. */
(function () {
  "use strict";
  const D = (window.Dateline = window.Dateline || {});

  /* ---- areas: never a pin for what is only known to a province or a country ---- */
  function areas(group, rows) {
    rows.forEach(function (row) {
      if (!row.shape) return;
      const layer = L.geoJSON(row.shape, {pane: "areas", interactive: false, style: {className: "area " + row.kind, weight: 1.2}}).addTo(group);
      layer.eachLayer(function (part) { if (part.getElement()) D.own(part.getElement(), row.id, row.text); });
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
    D.own(box, row.id, row.text);
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

  /* Provinces shaded by number, under everything else. */
  function provinces(group, rows) {
    D.provinceLayers = {};
    rows.forEach(function (row) {
      const layer = L.geoJSON(row.shape, {pane: "provinces", style: {className: "land counted c" + row.c, weight: 0.6, fillOpacity: 1}}).addTo(group);
      D.provinceLayers[row.id] = layer;
      layer.eachLayer(function (part) {
        const path = part.getElement();
        if (!path) return;
        path.onclick = function () { if (!D.dragged()) D.pick("province:" + row.id); };
        path.onmousemove = function (e) { D.tip(e, row.text); };
        path.onmouseleave = function () { D.tip(null); };
      });
    });
  }

  D.areas = areas; D.badges = badges; D.regions = regions; D.provinces = provinces; D.LABELLED = LABELLED;
})();
