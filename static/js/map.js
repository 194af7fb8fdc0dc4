// The workbench: layers switched on the left, incidents fetched by tile.
(() => {
  const element = document.getElementById("map");
  const note = document.getElementById("map-note");
  const say = (words) => { note.textContent = words ? words + " " : ""; };
  const map = cityMap.open(element);
  const layers = {};
  const switches = [...document.querySelectorAll("[data-layer]")];

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
  function drawPlaces(collection, parks) {
    const group = L.layerGroup();
    const named = new Set(parks.features.map((f) => f.properties.name)); // the ground names them already
    collection.features.forEach((f) => {
      const [lon, lat] = f.geometry.coordinates;
      L.circleMarker([lat, lon], { ...cityMap.paint("g-place"), pane: "marks", radius: 3.5, weight: 1.6 }).addTo(group);
      if (named.has(f.properties.name)) return;
      cityMap.label(map, [lat, lon], f.properties.name, "mlab--place").addTo(group);
    });
    put("landmark", group);
    const close = () => map.getContainer().classList.toggle("is-close", map.getZoom() >= 16);
    map.on("zoomend", close);
    close();
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

  // Incidents: one canvas a tile and three shapes, so that the sources tell apart in grey as well. From afar a mark is
  // the count of some cells and its size grows with it; close up it is a spot.
  const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink-2").trim() || "#44515e";
  const side = 512;
  const fetchedTiles = new Map();
  const chosenSources = () => new Map(switches.filter((i) => i.dataset.layer === "points" && i.checked)
    .map((i) => [i.dataset.source, Number(i.dataset.mark) % 3]));

  function trace(pen, mark, x, y, r) {
    pen.beginPath();
    if (mark === 1) { pen.moveTo(x, y - r * 1.25); pen.lineTo(x + r * 1.15, y + r * 0.85); pen.lineTo(x - r * 1.15, y + r * 0.85); pen.closePath(); }
    else if (mark === 2) pen.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    else pen.arc(x, y, r, 0, 2 * Math.PI);
  }
  function paintTile(canvas, found) {
    const pen = canvas.getContext("2d");
    const scale = side / found.extent;
    pen.setTransform(canvas.width / side, 0, 0, canvas.height / side, 0, 0);
    pen.clearRect(0, 0, side, side);
    pen.fillStyle = ink;
    pen.strokeStyle = "#fff";
    pen.lineWidth = 0.8;
    chosenSources().forEach((mark, source) => {
      const flat = found.sources[source] || [];
      for (let i = 0; i < flat.length; i += 3) {
        const share = flat[i + 2] / Math.max(1, found.most);
        const r = found.shows === "cells" ? 1.6 + 8 * Math.sqrt(share) : Math.min(8, 2.6 + Math.sqrt(flat[i + 2]) * 0.6);
        trace(pen, mark, flat[i] * scale, flat[i + 1] * scale, r);
        pen.globalAlpha = 0.72;
        pen.fill();
        pen.globalAlpha = 1;
        pen.stroke();
      }
    });
  }
  function tile(at) {
    const key = `${at.z - 1}/${at.x}/${at.y}`;
    if (!fetchedTiles.has(key)) {
      const url = element.dataset.points.replace("{z}/{x}/{y}", key);
      fetchedTiles.set(key, cityMap.fetched(url).catch((refused) => { fetchedTiles.delete(key); throw refused; }));
    }
    return fetchedTiles.get(key);
  }
  const Incidents = L.GridLayer.extend({
    createTile(at, done) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = side * Math.min(2, window.devicePixelRatio || 1);
      tile(at).then((found) => { paintTile(canvas, found); tellScale(found); done(null, canvas); })
        .catch((refused) => { say("The incidents could not be fetched."); done(refused, canvas); });
      return canvas;
    },
  });
  const incidents = new Incidents({ tileSize: side, pane: "marks", minZoom: 8, maxZoom: 19, updateWhenZooming: false });

  // Once a tile of this zoom joins spots, the note stays until the zoom changes, whatever other tiles say.
  let joined = 0;
  map.on("zoomstart", () => { joined = 0; });
  function tellScale(found) {
    joined = Math.max(joined, found.feet || 0);
    if (found.shows === "cells" && found.most) say(`Marks are counts by place, the largest ${found.most.toLocaleString("en-US")}. Come closer for single incidents.`);
    else say(joined ? `Incidents within about ${joined} feet of each other may share a mark. Come closer for single places.` : "");
  }
  function showPoints() {
    incidents.remove();
    if (element.dataset.points && chosenSources().size) incidents.addTo(map);
    else say("");
  }

  cityMap.fetched(element.dataset.ground).then((data) => {
    frame(data);
    const names = cityMap.ground(map, data);
    names();
    drawUnits(data.boundaries);
    drawAreas(data.areas);
    drawPlaces(data.ground.landmark, data.ground.park);
    showPoints();
  }).catch(() => say("The ground could not be fetched. Reload the page."));
  if (element.dataset.surface) cityMap.fetched(element.dataset.surface).then(drawSurface).catch(() => say("The surface could not be fetched."));
  if (element.dataset.buys) cityMap.fetched(element.dataset.buys).then(drawBuys).catch(() => say("The buys could not be fetched."));
})();
