/* The legend: only what is drawn.  Uses D.glyph of map-marks.js; gives D.legend(lines). */
(function () {
  "use strict";
  const D = (window.Dateline = window.Dateline || {});

  /* ---- legend: only what is drawn; a line holds several signs ---- */
  function sign(row) {
    const part = document.createElement("span"), mark = document.createElement("i"), text = document.createElement("span");
    part.className = "sign " + row.type; mark.setAttribute("aria-hidden", "true");
    if (row.type === "mark") { mark.className = "dl-mark " + row.kind + " " + row.look; mark.innerHTML = D.glyph(row.shape, 5.5).svg; }
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

  D.legend = legend;
})();
