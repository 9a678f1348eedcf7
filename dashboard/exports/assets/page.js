/* The page around the map of a one-file briefing: filters by date and kind, list, details, stepper, playback.
   Takes window.DATELINE_PAGE (written by dashboard/exports/one_file.py); draws with Dateline.draw.  Makes no request;
   every text is set as text. */
(function () {
  "use strict";
  const DATA = window.DATELINE_PAGE, D = window.Dateline, map = D.map, byId = new Map();
  DATA.events.forEach(function (e) { byId.set(e.id, e); });
  const state = {from: "", to: "", kinds: new Set(["incident", "arrest", "route"]), undated: true, selected: null, list: null, timer: null};
  let group = null;
  window.__GLOBAL_DATA__ = {last_object_clicked_count: 0, last_object_clicked_tooltip: ""};
  window.Streamlit = {setComponentValue: function (data) { picked(data.last_object_clicked_tooltip); }};

  function make(tag, className, text, parent) {
    const e = document.createElement(tag);
    if (className) e.className = className;
    if (text !== undefined && text !== null) e.textContent = text;
    if (parent) parent.appendChild(e);
    return e;
  }
  function byKey(e) { return e.s || "9999"; }

  /* ---- filters ---- */
  function fits(e) {
    if (!state.kinds.has(e.k)) return false;
    if (!e.s) return state.undated && !(state.from || state.to);
    return (!state.to || e.s <= state.to) && (!state.from || e.e >= state.from);
  }
  function classes(kept) {                 // as dashboard/choropleth.py: six classes of about equal numbers of countries
    const n = {};
    kept.forEach(function (e) { e.c.forEach(function (c) { n[c] = (n[c] || 0) + 1; }); });
    const values = Object.keys(n).map(function (c) { return n[c]; }).sort(function (a, b) { return a - b; });
    let breaks = Array.from(new Set(values));
    if (breaks.length > 6) breaks = Array.from(new Set([0, 1, 2, 3, 4, 5].map(function (i) { return values[Math.ceil(i / 6 * (values.length - 1))]; })));
    const used = breaks.map(function (_, i) { return breaks.length < 4 ? i : Math.round(i * 5 / (breaks.length - 1)); });
    const out = {};
    Object.keys(n).forEach(function (c) {
      let rank = 0;
      breaks.forEach(function (low, i) { if (n[c] >= low) rank = i; });
      out[c] = {c: used[rank], text: (DATA.names[c] || c) + "\n" + n[c] + (n[c] === 1 ? " event" : " events")};
    });
    return {countries: out, used: used, low: values[0], high: values[values.length - 1]};
  }
  function some(ids, kept, text) {         // a bundle of which only a part fits the filters says so
    const n = ids.filter(function (id) { return kept.has(id); }).length;
    return {n: n, text: n < ids.length ? text + "\n" + n + " of " + ids.length + " fit the filters" : text};
  }
  function drawn(kept) {
    const all = DATA.payload, shade = classes(kept), ids = new Set(kept.map(function (e) { return e.id; }));
    const points = all.points.filter(function (p) { return ids.has(p.id); });
    const areas = [], legs = [], live = new Set();
    all.areas.forEach(function (a) { const s = some(a.ids, ids, a.text); if (s.n) areas.push(Object.assign({}, a, {n: String(s.n), text: s.text})); });
    all.legs.forEach(function (l) { const s = some(l.ids, ids, l.text); if (s.n) { legs.push(Object.assign({}, l, {text: s.text})); l.ids.forEach(function (i) { live.add(i); }); } });
    const stops = all.stops.filter(function (s) { return s.id.slice(5).split("|").some(function (i) { return ids.has(i) && live.has(i); }); });
    const out = {points: points, areas: areas, legs: legs, stops: stops, choropleth: shade.countries, bounds: all.bounds, selected: state.selected};
    out.legend = legend(all.legend, out, shade);
    return out;
  }
  function legend(lines, now, shade) {
    const looks = new Set(now.points.map(function (p) { return p.kind + p.look; })), roles = new Set(now.stops.map(function (s) { return s.role; }));
    const shown = {
      mark: function (s) { return looks.has(s.kind + s.look); },
      line: function (s) { return now.legs.some(function (l) { return l.look === s.look; }); },
      ring: function (s) { return s.look === "coarse" ? now.stops.some(function (t) { return t.coarse; }) : roles.has({"": "origin", small: "transit", solid: "destination"}[s.look]); },
      count: function () { return now.points.length > 1; }, badgebox: function () { return now.areas.length > 0; },
      hatchbox: function () { return now.areas.some(function (a) { return a.shape; }); }, steps: function () { return shade.used.length > 0; }, note: function () { return true; },
    };
    return lines.map(function (line) {
      return line.filter(function (s) { return shown[s.type](s); }).map(function (s) {
        return s.type !== "steps" ? s : Object.assign({}, s, {colours: shade.used, label: (shade.low === shade.high ? shade.low : shade.low + "–" + shade.high) + " events by country"});
      });
    }).filter(function (line) { return line.length; });
  }
  function redraw() {
    const kept = DATA.events.filter(fits);
    if (group) map.removeLayer(group);
    group = L.featureGroup();
    D.draw(group, drawn(kept));
    group.addTo(map);
    counter.textContent = kept.length + " of " + DATA.events.length + " events";
    return kept;
  }
  function changed() { state.list = null; const kept = redraw(); if (state.selected && !kept.some(function (e) { return e.id === state.selected; })) state.selected = null; show(kept); }

  /* ---- panel ---- */
  function current() { const base = state.list || DATA.events.filter(fits); return base.slice().sort(function (a, b) { return byKey(a) < byKey(b) ? -1 : byKey(a) > byKey(b) ? 1 : a.id < b.id ? -1 : 1; }); }
  function show() {
    const list = current(), at = list.findIndex(function (e) { return e.id === state.selected; });
    where.textContent = at < 0 ? (list.length === 1 ? "1 event" : list.length + " events") : (at + 1) + " of " + list.length;
    body.textContent = "";
    if (at >= 0) detail(list[at]); else listing(list);
    all.hidden = at < 0 && !state.list;
  }
  function listing(list) {
    const ul = make("ul", "events", null, body);
    list.slice(0, 200).forEach(function (e) {
      const b = make("button", "", e.t, make("li", "", null, ul));
      make("small", "", e.w + (e.f ? " · " + e.f : ""), b);
      b.onclick = function () { choose(e.id); };
    });
    if (list.length > 200) make("p", "quiet", "and " + (list.length - 200) + " more: narrow the dates or kinds", body);
    if (!list.length) make("p", "quiet", "No event fits these filters.", body);
  }
  function detail(e) {
    const box = make("div", "detail", null, body);
    make("h2", "", e.t, box);
    make("p", "", e.w + " · " + e.p, box);
    make("p", "", [e.f, e.x, e.n === 1 ? "1 source" : e.n + " sources"].filter(Boolean).join(" · "), box);
    if (e.d) make("p", "quiet", "Sources differ on " + e.d, box);
    e.q.forEach(function (q) { make("blockquote", "", q[0], box); make("cite", "", DATA.sources[q[1]] || "", box); });
  }
  function choose(id) {
    state.selected = id; redraw(); show();
    const e = byId.get(id), way = [];
    DATA.payload.legs.forEach(function (l) { if (l.ids.indexOf(id) >= 0) l.line.forEach(function (part) { part.forEach(function (at) { way.push(at); }); }); });
    if (way.length) map.fitBounds(way, {padding: [60, 60], maxZoom: 6, animate: false});
    else if (e && e.at) map.setView(e.at, Math.max(map.getZoom(), 4), {animate: false});
  }
  function step(by) {
    const list = current(), at = list.findIndex(function (e) { return e.id === state.selected; });
    if (list.length) choose(list[(at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length)].id);
  }
  function picked(what) {
    const kind = what.slice(0, what.indexOf(":")), rest = what.slice(what.indexOf(":") + 1);
    let ids = rest.split("|");
    if (kind === "area") ids = (DATA.payload.areas.find(function (a) { return a.id === what; }) || {ids: []}).ids;
    if (kind === "country") ids = DATA.events.filter(function (e) { return e.c.indexOf(rest) >= 0; }).map(function (e) { return e.id; });
    const list = ids.map(function (i) { return byId.get(i); }).filter(function (e) { return e && fits(e); });
    if (kind === "event" && list.length) { state.selected = list[0].id; state.list = null; }
    else { state.list = list; state.selected = list.length === 1 ? list[0].id : null; }
    redraw(); show();
  }

  /* ---- playback: the range grows month by month ---- */
  function play() {
    if (state.timer) { clearInterval(state.timer); state.timer = null; player.textContent = "Play"; return; }
    const days = DATA.events.filter(function (e) { return e.s; }), last = days.reduce(function (m, e) { return e.e > m ? e.e : m; }, "");
    let at = DATA.play || days.reduce(function (m, e) { return e.s < m ? e.s : m; }, "9999").slice(0, 7);
    if (!days.length) return;
    player.textContent = "Pause";
    state.timer = setInterval(function () {
      const y = Number(at.slice(0, 4)), m = Number(at.slice(5, 7)), end = new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10);
      state.to = to.value = end; changed();
      at = new Date(Date.UTC(y, m, 1)).toISOString().slice(0, 7);
      if (end >= last) play();
    }, Number(speed.value));
  }

  /* ---- the page ---- */
  document.documentElement.dataset.dark = DATA.dark ? "1" : "0";
  const top = make("header", "top", null, document.body), row = (make("h1", "", DATA.title, top), make("div", "controls", null, top));
  const counter = make("b", "shown-count", "", row); counter.setAttribute("role", "status");
  function dateBox(words, key) {
    const label = make("label", "", words, row), input = make("input", "", null, label);
    input.type = "date"; input.id = "date-" + key;
    input.onchange = function () { state[key] = input.value; changed(); };
    return input;
  }
  const from = dateBox("from", "from"), to = dateBox("to", "to");
  [["incident", "Incidents"], ["arrest", "Arrests"], ["route", "Routes"]].forEach(function (k) {
    const label = make("label", "", null, row), box = make("input", "", null, label);
    box.type = "checkbox"; box.checked = true; box.id = "kind-" + k[0]; label.appendChild(document.createTextNode(k[1]));
    box.onchange = function () { if (box.checked) state.kinds.add(k[0]); else state.kinds.delete(k[0]); changed(); };
  });
  const player = make("button", "", "Play", row); player.id = "play"; player.onclick = play; player.title = "The range grows month by month";
  const speedLabel = make("label", "", "speed", row), speed = make("select", "", null, speedLabel);
  [["slow", 1200], ["normal", 600], ["fast", 250]].forEach(function (s) { const o = make("option", "", s[0], speed); o.value = s[1]; });
  speed.value = "600";
  const clear = make("button", "", "Clear", row); clear.title = "All events";
  clear.onclick = function () {
    state.from = state.to = from.value = to.value = ""; state.kinds = new Set(["incident", "arrest", "route"]); state.selected = state.list = null;
    document.querySelectorAll(".controls input[type=checkbox]").forEach(function (b) { b.checked = true; }); changed();
  };
  const side = make("aside", "side", null, document.body), steps = make("div", "stepper", null, side);
  const back = make("button", "", "‹ Previous", steps), where = make("span", "", "", steps), next = make("button", "", "Next ›", steps), all = make("button", "", "List", steps), body = make("div", "body", null, side);
  back.id = "previous"; next.id = "next"; back.onclick = function () { step(-1); }; next.onclick = function () { step(1); };
  all.onclick = function () { state.selected = state.list = null; redraw(); show(); };
  const foot = make("footer", "stamp", null, document.body);
  DATA.stamp.forEach(function (line) { make("div", "", line, foot); });
  document.addEventListener("keydown", function (e) {
    if (/INPUT|SELECT/.test(document.activeElement.tagName) || (document.activeElement.closest && document.activeElement.closest(".folium-map"))) return;
    if (e.key === "ArrowRight") step(1); else if (e.key === "ArrowLeft") step(-1); else if (e.key === " " && document.activeElement === document.body) { e.preventDefault(); play(); }
  });
  D.applyTheme();
  map.invalidateSize();
  redraw(); show();
})();
