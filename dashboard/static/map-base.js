/* The ground of the map: country shapes, names, borders in dispute, choropleth classes, light and dark.
   Takes window.DATELINE_BASE (written by `python -m dashboard.offline`); gives window.Dateline.base(map).
   Draws no events and makes no request. */
(function () {
  "use strict";
  const D = (window.Dateline = window.Dateline || {});
  const shapes = {};                       // iso3 -> Leaflet polygon

  /* Streamlit hands its colours to the frame as custom properties; the darker ground decides the palette. */
  D.applyTheme = function () {
    const value = getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    const probe = document.createElement("span");
    probe.style.color = value || "#fff";
    document.body.appendChild(probe);
    const rgb = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) || [255, 255, 255];
    probe.remove();
    const dark = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] < 128;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  };

  function hatch() {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("width", 0); svg.setAttribute("height", 0); svg.setAttribute("aria-hidden", "true");
    svg.style.position = "absolute";
    ["incident", "arrest", "route", "mixed"].forEach(function (kind) {
      const pattern = document.createElementNS(ns, "pattern");
      pattern.setAttribute("id", "hatch-" + kind); pattern.setAttribute("width", 6); pattern.setAttribute("height", 6);
      pattern.setAttribute("patternUnits", "userSpaceOnUse"); pattern.setAttribute("patternTransform", "rotate(45)");
      const line = document.createElementNS(ns, "line");
      line.setAttribute("x1", 0); line.setAttribute("y1", 0); line.setAttribute("x2", 0); line.setAttribute("y2", 6);
      line.setAttribute("class", "hatch " + kind);
      pattern.appendChild(line); svg.appendChild(pattern);
    });
    document.body.appendChild(svg);
  }

  function pane(map, name, z, clicks) {
    const p = map.createPane(name);
    p.style.zIndex = z;
    if (!clicks) p.style.pointerEvents = "none";
    return p;
  }

  /* Names of countries, largest first, each only where it fits and nothing lies under it.  taken: boxes of marks. */
  D.names = function (taken, without) {
    const map = D.map, zoom = map.getZoom(), view = map.getBounds().pad(0.1), size = map.getSize();
    D.nameGroup.clearLayers();
    D.nameRows.forEach(function (row) {
      if (zoom < row.z || !view.contains([row.lat, row.lon]) || without.has(row.name)) return;
      const p = map.latLngToContainerPoint([row.lat, row.lon]), w = row.name.length * 3.3 + 3;
      const box = row.town ? [p.x - 4, p.y - 7, p.x + 2 * w + 4, p.y + 7] : [p.x - w, p.y - 7, p.x + w, p.y + 7];
      if (box[2] < 0 || box[0] > size.x || taken.some(function (t) { return box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]; })) return;
      taken.push(box);
      const text = document.createElement("span");
      text.textContent = row.name;
      L.marker([row.lat, row.lon], {pane: "names", interactive: false, keyboard: false,
        icon: L.divIcon({className: row.town ? "town-name" : "country-name", html: text, iconSize: [0, 0]})}).addTo(D.nameGroup);
    });
  };

  D.base = function (map) {
    D.map = map;
    document.querySelectorAll("meta[name=viewport]").forEach(function (m) { m.content = "width=device-width, initial-scale=1"; });   // folium forbids zooming
    D.applyTheme();
    new ResizeObserver(function () {
      const centre = map.getCenter(), zoom = map.getZoom();
      map.invalidateSize({pan: false, animate: false});
      map.setView(centre, zoom, {animate: false});
    }).observe(map.getContainer());   // style sheets arrive after the map, without a resize of the window
    map.attributionControl.setPrefix(false);            // what stands here by default shows a flag
    pane(map, "base", 200, true); pane(map, "provinces", 210, true); pane(map, "heat", 300, false); pane(map, "areas", 350, true); pane(map, "names", 380, false);
    pane(map, "lines", 420, true); pane(map, "stops", 450, false);
    hatch();
    const base = window.DATELINE_BASE || {countries: {type: "FeatureCollection", features: []}, names: [], disputed: null};
    L.geoJSON(base.countries, {
      pane: "base", renderer: L.svg({pane: "base", padding: 0.5}), interactive: false, smoothFactor: 0.6,
      style: {className: "land", weight: 0.5, fillOpacity: 1},
      onEachFeature: function (feature, layer) { shapes[feature.properties.iso3] = layer; layer.dlName = feature.properties.name; },
    }).addTo(map);
    if (base.disputed) {
      L.geoJSON(base.disputed, {pane: "base", interactive: false, style: {className: "disputed", weight: 0.7, fill: false}}).addTo(map);
    }
    D.nameGroup = L.layerGroup().addTo(map);
    const towns = (base.towns || []).map(function (t) { return {name: t[0], lat: t[1], lon: t[2], z: t[3], town: true}; });
    D.nameRows = base.names.concat(towns);   // largest country first, then largest town
    D.names([], new Set());
    if (window.Streamlit) window.Streamlit.events.addEventListener("streamlit:render", function () { setTimeout(D.applyTheme, 0); });
    new MutationObserver(D.applyTheme).observe(document.head, {childList: true, subtree: true, characterData: true});
  };

  /* classes: {iso3: {c: 0..5, text: "Tajikistan · 14 events"}}; countries not named go back to plain land. */
  D.choropleth = function (classes, pick, tip) {
    Object.keys(shapes).forEach(function (iso3) {
      const layer = shapes[iso3], path = layer.getElement && layer.getElement(), row = classes[iso3];
      if (!path) return;
      path.setAttribute("class", "land" + (row ? " counted c" + row.c : ""));
      path.onclick = row ? function () { if (!D.dragged()) pick("country:" + iso3); } : null;
      path.onmousemove = row && !("ontouchstart" in window) ? function (e) { tip(e, row.text); } : null;
      path.onmouseleave = function () { tip(null); };
    });
  };
  /* The area that a badge stands for, while it is pointed at: hatched outlines of countries. */
  D.hatchCountries = function (codes, kind) {
    if (D.hatched) { D.hatched.remove(); D.hatched = null; }
    const parts = codes.filter(function (c) { return shapes[c]; }).map(function (c) { return shapes[c].toGeoJSON(); });
    if (parts.length) D.hatched = L.geoJSON(parts, {pane: "areas", interactive: false, style: {className: "area lit " + kind, weight: 1.2}}).addTo(D.map);
  };
  D.dragged = function () { return !!(D.map.dragging && D.map.dragging.moved()); };
  D.shape = function (iso3) { return shapes[iso3]; };
})();
