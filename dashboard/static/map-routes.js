/* Lines on the map: legs of routes with their arrow heads and stops, and lines from nationality to place.
   Uses D.own, D.glyph, D.put of map-marks.js; gives D.legs, D.stops, D.nations. */
(function () {
  "use strict";
  const D = (window.Dateline = window.Dateline || {});

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
  const DASHES = {inferred: "6 6", foiled: "9 4 1 4", hypothetical: "0.5 6"};   // dots: the ends of a line are round
  function legs(group, rows) {
    const renderer = (D.lineRenderer = D.lineRenderer || L.svg({pane: "lines", padding: 0.5})), map = D.map;
    rows.forEach(function (row) {
      const look = row.look ? " " + row.look : "";
      const shared = {renderer: renderer, pane: "lines", interactive: false, smoothFactor: 0, shift: row.shift, fill: false};
      new Leg(row.curve || row.line, Object.assign({className: "casing", weight: row.w + 3}, shared)).addTo(group);
      const line = new Leg(row.curve || row.line, Object.assign({className: "leg" + look, weight: row.w, dashArray: DASHES[row.look] || null}, shared)).addTo(group);
      if (line.getElement()) D.legParts.push({ids: row.ids, path: line.getElement()});
      const hit = new Leg(row.curve || row.line, Object.assign({className: "hit", weight: 14}, shared)).addTo(group);
      if (hit.getElement()) D.own(hit.getElement(), row.id, row.text);
      row.heads.forEach(function (head) {
        const p = map.project(head[0], 6), q = map.project(head[1], 6), angle = Math.atan2(q.y - p.y, q.x - p.x);
        new Arrow(head[1], {renderer: renderer, pane: "lines", interactive: false, className: "head" + look, angle: angle, size: 5 + row.w, weight: 1}).addTo(group);
      });
    });
  }
  function stops(group, rows) {
    rows.forEach(function (row) {
      const drawn = D.glyph("circle", row.role === "transit" ? 3.5 : 5.5);
      D.put(group, [row.lat, row.lon], drawn, "stop " + row.role + (row.coarse ? " coarse" : ""), row.id, row.text, null, 50);
    });
  }

  function nations(group, rows) {          // who is reported where: plain thin lines without a direction of travel
    const renderer = (D.lineRenderer = D.lineRenderer || L.svg({pane: "lines", padding: 0.5}));
    rows.forEach(function (row) {
      const shared = {renderer: renderer, pane: "lines", interactive: false, fill: false};
      L.polyline(row.line, Object.assign({className: "nation", weight: row.w}, shared)).addTo(group);
      const hit = L.polyline(row.line, Object.assign({className: "hit", weight: 12}, shared)).addTo(group), path = hit.getElement();
      if (!path) return;
      path.addEventListener("mousemove", function (e) { D.tip(e, row.text); });
      path.addEventListener("mouseleave", function () { D.tip(null); });
    });
  }

  D.legs = legs; D.stops = stops; D.nations = nations;
})();
