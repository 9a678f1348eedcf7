/* What one does with the map: fit, show all, draw an area; and the view in the address of the page.
   Uses D.pick of map-marks.js; gives D.fit, D.corner, D.outside, D.area, D.viewFromAddress, D.keepAddress. */
(function () {
  "use strict";
  const D = (window.Dateline = window.Dateline || {});

  function fit(bounds) {
    if (!bounds) return;
    const low = D.legendBox && D.legendBox.open ? Math.min(D.legendBox.offsetHeight, D.map.getSize().y * 0.3) : 0, wide = D.map.getSize().x > 700;
    D.map.fitBounds(bounds, {paddingTopLeft: [wide ? 50 : 20, 24], paddingBottomRight: [wide ? 30 : 20, 20 + low], maxZoom: 6, animate: false});
  }
  function corner(map) {                   // show everything; how much lies outside the view
    const control = L.control({position: "topleft"});
    control.onAdd = function () {
      const box = L.DomUtil.create("div", "leaflet-bar"), link = L.DomUtil.create("a", "fit", box);
      link.href = "#"; link.title = "Show everything that is drawn"; link.setAttribute("role", "button"); link.setAttribute("aria-label", link.title); link.textContent = "⤢";
      L.DomEvent.on(link, "click", function (e) { L.DomEvent.stop(e); if (D.current) fit(D.current.payload.bounds); });
      return box;
    };
    control.addTo(map);
    drawButton(map);
    if (!window.DATELINE_PAGE) frameButton(map);
    const chip = (D.outsideChip = document.createElement("button"));
    chip.className = "dl-outside"; chip.type = "button"; chip.hidden = true;
    chip.addEventListener("click", function () { if (D.current) fit(D.current.payload.bounds); });
    map.getContainer().appendChild(chip);
    L.DomEvent.disableClickPropagation(chip);
  }
  function frameButton(map) {              // the part of the world that is seen now becomes that of exported pictures
    const control = L.control({position: "topleft"});
    control.onAdd = function () {
      const box = L.DomUtil.create("div", "leaflet-bar"), link = L.DomUtil.create("a", "frame", box);
      link.href = "#"; link.title = "Keep this view for pictures and slides"; link.setAttribute("role", "button"); link.setAttribute("aria-label", link.title); link.textContent = "▣";
      L.DomEvent.on(link, "click", function (e) {
        L.DomEvent.stop(e);
        const b = map.getBounds(), w = Math.max(b.getWest(), -180), e2 = Math.min(b.getEast(), 180);
        D.pick("frame:" + [w, Math.max(b.getSouth(), -85), e2, Math.min(b.getNorth(), 85)].map(function (v) { return v.toFixed(2); }).join(","));
        hint("Kept: pictures and slides show this part of the world");
        setTimeout(function () { hint(""); }, 2500);
      });
      return box;
    };
    control.addTo(map);
  }
  function outside(payload) {
    const view = D.map.getBounds(), placed = payload.areas.filter(function (a) { return a.level === "country" || a.level === "admin1"; });
    let n = 0;
    payload.points.concat(placed).forEach(function (r) { if (!view.contains([r.lat, r.lon])) n += r.many || r.count || 1; });
    D.outsideChip.hidden = !n;
    D.outsideChip.textContent = n + (n === 1 ? " event" : " events") + " outside this view · show all";
  }

  /* ---- an area drawn by clicks: a corner each; Enter or the first corner again closes it, Escape gives up ---- */
  function drawButton(map) {
    const control = L.control({position: "topleft"});
    control.onAdd = function () {
      const box = L.DomUtil.create("div", "leaflet-bar"), link = (D.drawLink = L.DomUtil.create("a", "lasso", box));
      link.href = "#"; link.title = "Draw an area: only what lies in it is shown"; link.setAttribute("role", "button"); link.setAttribute("aria-label", link.title); link.setAttribute("aria-pressed", "false"); link.textContent = "▱";
      L.DomEvent.on(link, "click", function (e) { L.DomEvent.stop(e); if (D.sketch) stop(false); else start(map); });
      return box;
    };
    if (!window.DATELINE_PAGE) control.addTo(map);   // a file that stands alone has no filters to ask
  }
  function start(map) {
    D.sketch = {map: map, corners: [], line: L.polyline([], {pane: "lines", className: "sketch", weight: 2, interactive: false}).addTo(map)};
    D.drawLink.setAttribute("aria-pressed", "true");
    map.getContainer().classList.add("sketching");
    map.doubleClickZoom.disable();
    map.on("click", corner1); document.addEventListener("keydown", key, true);
    hint("Click the corners of the area; Enter or the first corner again closes it, Escape leaves");
  }
  function corner1(e) {
    const s = D.sketch, first = s.corners[0], at = s.map.latLngToContainerPoint(e.latlng);
    if (s.corners.length > 2 && s.map.latLngToContainerPoint(first).distanceTo(at) < 12) { stop(true); return; }
    s.corners.push(e.latlng); s.line.setLatLngs(s.corners);
  }
  function key(e) {
    if (e.key === "Escape") stop(false);
    else if (e.key === "Enter" && D.sketch.corners.length > 2) { e.preventDefault(); stop(true); }
  }
  function stop(done) {
    const s = D.sketch;
    D.sketch = null;
    s.map.off("click", corner1); document.removeEventListener("keydown", key, true);
    s.map.doubleClickZoom.enable(); s.line.remove(); s.map.getContainer().classList.remove("sketching");
    D.drawLink.setAttribute("aria-pressed", "false");
    hint("");
    if (done && s.corners.length > 2) D.pick("draw:" + s.corners.map(function (c) { return c.lng.toFixed(2) + " " + c.lat.toFixed(2); }).join(";"));
  }
  function hint(text) {
    if (!D.hintBox) { D.hintBox = document.createElement("div"); D.hintBox.className = "dl-hint"; D.hintBox.setAttribute("role", "status"); D.map.getContainer().appendChild(D.hintBox); }
    D.hintBox.textContent = text; D.hintBox.hidden = !text;
  }
  function area(group, corners) {          // the drawn filter that is on
    if (corners.length > 2) L.polygon(corners.map(function (c) { return [c[1], c[0]]; }), {pane: "lines", className: "drawn", weight: 1.6, fill: false, interactive: false}).addTo(group);
  }

  /* ---- centre and zoom in the address, without asking the server ---- */
  function page() { try { return window.parent !== window && window.parent.location.search !== undefined ? window.parent : null; } catch (e) { return null; } }
  function viewFromAddress() {
    const top = page(), at = top && new URLSearchParams(top.location.search).get("at");
    const parts = at ? at.split(",").map(Number) : [];
    return parts.length === 3 && parts.every(isFinite) && Math.abs(parts[0]) <= 85 && Math.abs(parts[1]) <= 360 ? parts : null;
  }
  function keepAddress(map) {
    const top = page();
    if (!top) return;
    let timer = 0;
    const write = function () {
      const c = map.getCenter(), url = new URL(top.location.href);
      url.searchParams.set("at", c.lat.toFixed(2) + "," + c.lng.toFixed(2) + "," + map.getZoom().toFixed(2));
      if (url.href !== top.location.href) top.history.replaceState(top.history.state, "", url.href);
    };
    const later = function () { clearTimeout(timer); timer = setTimeout(function () { if (map.getContainer().isConnected) write(); }, 250); };
    map.on("moveend", later);
    D.rewriteAddress = later;
    top.addEventListener("popstate", function () {
      const at = viewFromAddress();
      if (at && map.getContainer().isConnected) map.setView([at[0], at[1]], at[2], {animate: false});
    });
  }

  D.fit = fit; D.corner = corner; D.outside = outside; D.area = area; D.viewFromAddress = viewFromAddress; D.keepAddress = keepAddress;
})();
