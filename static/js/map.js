// The workbench: layers switched on the left, points fetched by tile once the map is close enough.
(() => {
  const element = document.getElementById("map");
  const note = document.getElementById("map-note");
  const say = (words) => { note.textContent = words ? words + " " : ""; };
  const map = cityMap.open(element);
  const layers = {};
  const switches = [...document.querySelectorAll("[data-layer]")];
  const closest = 14;

  function keyOf(input) {
    return input.dataset.layer + (input.dataset.kind ? ":" + input.dataset.kind : "");
  }
  function put(key, layer) {
    layers[key] = layer;
    const input = switches.find((i) => keyOf(i) === key);
    if (!input || input.checked) layer.addTo(map);
  }
  function flip(input) {
    input.closest(".lay").classList.toggle("lay--off", !input.checked);
    if (input.dataset.layer === "points") { showPoints(); return; }
    const layer = layers[keyOf(input)];
    if (!layer) return;
    if (input.checked) layer.addTo(map); else layer.remove();
  }
  switches.forEach((input) => input.addEventListener("change", () => flip(input)));

  function drawAreas(collection) {
    ["broad", "comparison", "target"].forEach((kind) => {
      const group = L.layerGroup();
      collection.features.filter((f) => f.properties.kind === kind).forEach((f) => {
        cityMap.area(map, f).addTo(group);
        if (kind !== "broad") cityMap.areaName(map, f).addTo(group);
      });
      put(kind, group);
    });
  }
  function drawUnits(boundaries) {
    Object.entries(boundaries).forEach(([kind, collection]) => {
      const group = L.layerGroup();
      cityMap.shapes(map, collection, "g-beat", "lines", { weight: 1.2, dashArray: "2 4", fill: false }).addTo(group);
      if (collection.features.length <= 60) {
        collection.features.forEach((f) => {
          const at = L.geoJSON(f).getBounds().getCenter();
          cityMap.label(map, at, (kind === "beats" ? "Beat " : "") + f.properties.name, "mlab--beat").addTo(group);
        });
      }
      put("units:" + kind, group);
    });
  }
  function drawPlaces(collection) {
    const group = L.layerGroup();
    collection.features.forEach((f) => {
      const [lon, lat] = f.geometry.coordinates;
      L.circleMarker([lat, lon], { ...cityMap.paint("g-place"), pane: "marks", radius: 3.5, weight: 1.6 }).addTo(group);
      cityMap.label(map, [lat, lon], f.properties.name, "mlab--place").addTo(group);
    });
    put("landmark", group);
  }
  function frame(data) {
    const shown = data.areas.features.length ? data.areas : Object.values(data.boundaries)[0];
    const box = shown ? L.geoJSON(shown).getBounds() : L.geoJSON(data.ground.street).getBounds();
    if (box.isValid()) map.fitBounds(box, { padding: [30, 40] });
    else map.setView([39, -98], 4);
  }

  function drawSurface(found) {
    const bands = L.layerGroup();
    found.bands.forEach((f) => {
      cityMap.shapes(map, f, "g-heat g-h" + f.properties.step, "heat").addTo(bands);
    });
    put("bands", bands);
    const hot = L.layerGroup();
    found.hot.forEach((f) => {
      const dash = f.properties.confidence === 99 ? null : "4 3";
      cityMap.shapes(map, f, "g-hot", "heat", { weight: 1.8, dashArray: dash, fill: false }).addTo(hot);
    });
    put("hot", hot);
    document.getElementById("map-method").textContent = found.method;
    if (found.edges && found.edges.length) {
      document.getElementById("ramp-low").textContent = found.edges[0][0].toLocaleString("en-US");
      document.getElementById("ramp-high").textContent = found.edges.at(-1)[1].toLocaleString("en-US");
    }
  }

  function drawBuys(collection) {
    const group = L.layerGroup();
    collection.features.forEach((f) => {
      const [lon, lat] = f.geometry.coordinates;
      L.circleMarker([lat, lon], { ...cityMap.paint("g-buy"), pane: "marks", radius: 4.2, weight: 2.2 }).addTo(group);
    });
    put("buys", group);
    document.getElementById("buys-count").textContent = collection.features.length;
  }

  // Points: one canvas, three shapes, so that the sources tell apart in grey as well.
  const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink-2").trim() || "#44515e";
  const canvas = L.canvas({ pane: "marks" });
  L.Canvas.include({
    drawMark(layer) {
      if (!this._drawing || layer._empty()) return;
      const { x, y } = layer._point;
      const pen = this._ctx;
      pen.beginPath();
      if (layer.options.mark === 1) { pen.moveTo(x, y - 4.4); pen.lineTo(x + 4, y + 3); pen.lineTo(x - 4, y + 3); pen.closePath(); }
      else if (layer.options.mark === 2) pen.rect(x - 3, y - 3, 6, 6);
      else pen.arc(x, y, 3, 0, 2 * Math.PI);
      pen.fillStyle = ink;
      pen.globalAlpha = 0.75;
      pen.fill();
      pen.globalAlpha = 1;
      pen.strokeStyle = "#fff";
      pen.lineWidth = 0.8;
      pen.stroke();
    },
  });
  const Mark = L.CircleMarker.extend({ _updatePath() { this._renderer.drawMark(this); } });
  const kept = new Map();
  const pointGroup = L.layerGroup().addTo(map);

  function tilesInView() {
    const box = map.getBounds();
    const side = 2 ** closest;
    const column = (lng) => Math.floor((lng + 180) / 360 * side);
    const row = (lat) => {
      const r = lat * Math.PI / 180;
      return Math.floor((1 - Math.log(Math.tan(r) + 1 / Math.cos(r)) / Math.PI) / 2 * side);
    };
    const found = [];
    for (let x = column(box.getWest()); x <= column(box.getEast()); x += 1) {
      for (let y = row(box.getNorth()); y <= row(box.getSouth()); y += 1) found.push([x, y]);
    }
    return found;
  }
  function tile(x, y) {
    const key = `${x}/${y}`;
    if (!kept.has(key)) {
      const url = element.dataset.points.replace("{z}", closest).replace("{x}", x).replace("{y}", y);
      kept.set(key, cityMap.fetched(url).catch(() => { kept.delete(key); throw new Error("points"); }));
    }
    return kept.get(key);
  }
  function showPoints() {
    const wanted = new Map(switches.filter((i) => i.dataset.layer === "points" && i.checked)
      .map((i) => [i.dataset.source, Number(i.dataset.mark) % 3]));
    pointGroup.clearLayers();
    if (!element.dataset.points || !wanted.size) { say(""); return; }
    if (map.getZoom() < closest) { say("Come closer to see incidents as points."); return; }
    const tiles = tilesInView();
    if (tiles.length > 12) { say("Come closer to see incidents as points."); return; }
    Promise.all(tiles.map(([x, y]) => tile(x, y))).then((found) => {
      pointGroup.clearLayers();
      found.flatMap((f) => f.features).filter((f) => wanted.has(f.properties.source)).forEach((f) => {
        const [lon, lat] = f.geometry.coordinates;
        const mark = wanted.get(f.properties.source);
        new Mark([lat, lon], { renderer: canvas, pane: "marks", radius: 4, mark, interactive: false }).addTo(pointGroup);
      });
      say(found.some((f) => f.is_cut) ? "Too many incidents here to draw all; narrow the period." : "");
    }).catch(() => say("The points could not be fetched."));
  }
  map.on("moveend", showPoints);

  cityMap.fetched(element.dataset.ground).then((data) => {
    frame(data);
    const names = cityMap.ground(map, data);
    names();
    drawUnits(data.boundaries);
    drawAreas(data.areas);
    drawPlaces(data.ground.landmark);
    showPoints();
  }).catch(() => say("The ground could not be fetched. Reload the page."));
  if (element.dataset.surface) cityMap.fetched(element.dataset.surface).then(drawSurface).catch(() => say("The surface could not be fetched."));
  if (element.dataset.buys) cityMap.fetched(element.dataset.buys).then(drawBuys).catch(() => say("The buys could not be fetched."));
})();
