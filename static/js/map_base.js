// What the workbench and the area editor share: a Leaflet map on the city's own ground, painted with classes.
const cityMap = (() => {
  const paint = (className, more) => ({
    className, weight: 1, color: "", fillColor: "", opacity: 1, fillOpacity: 1, interactive: false, ...more,
  });
  const widths = { 1: [7, 9], 2: [3, 4.2], 3: [1.6, 2.6] };

  function open(element) {
    const map = L.map(element, { attributionControl: false, zoomSnap: 0.25, maxZoom: 19, minZoom: 9 });
    [["ground", 210], ["heat", 320], ["lines", 410], ["marks", 460]].forEach(([name, order]) => {
      map.createPane(name).classList.add("pane-" + name);
      map.getPane(name).style.zIndex = order;
    });
    return map;
  }

  const shapes = (map, collection, className, pane, more) =>
    L.geoJSON(collection, { pane, style: paint(className, more), pointToLayer: () => null, interactive: false });

  function streets(map, collection) {
    const drawn = [1, 0].flatMap((edge) => [3, 2, 1].map((rank) => {
      const some = { ...collection, features: collection.features.filter((f) => f.properties.rank === rank) };
      const layer = shapes(map, some, edge ? "g-ste" : "g-st", "ground", { fill: false, lineCap: "round" }).addTo(map);
      return [layer, widths[rank][edge]];
    }));
    const fit = () => {
      const scale = Math.min(3, Math.max(0.3, 2 ** (map.getZoom() - 16)));
      drawn.forEach(([layer, width]) => layer.setStyle({ weight: width * scale }));
    };
    map.on("zoomend", fit);
    fit();
  }

  function label(map, latlng, words, className, turn) {
    const span = document.createElement("span");
    span.textContent = words;
    if (turn) span.style.transform = `translate(-50%, -50%) rotate(${turn}deg)`;
    const icon = L.divIcon({ className: "mlab " + (className || ""), html: span, iconSize: [0, 0] });
    return L.marker(latlng, { interactive: false, keyboard: false, icon });
  }

  function streetNames(map, collection) {
    const names = L.layerGroup().addTo(map);
    const place = () => {
      names.clearLayers();
      const most = map.getZoom() >= 16 ? 2 : 1;
      const size = map.getSize();
      collection.features.filter((f) => f.properties.name && f.properties.rank <= most).forEach((f) => {
        const run = f.geometry.type === "LineString" ? f.geometry.coordinates : f.geometry.coordinates[0];
        const seen = run.map(([lon, lat]) => map.latLngToContainerPoint([lat, lon]));
        const inside = seen.filter((p) => p.x > 70 && p.y > 70 && p.x < size.x - 70 && p.y < size.y - 60);
        if (inside.length < 2) return;
        const at = Math.floor((inside.length - 1) * (f.properties.rank === 1 ? 0.15 : 0.6));
        const [a, b] = [inside[at], inside[at + 1]];
        let turn = Math.atan2(b.y - a.y, b.x - a.x) * 180 / Math.PI;
        if (turn > 90 || turn < -90) turn += 180;
        const middle = map.containerPointToLatLng([(a.x + b.x) / 2, (a.y + b.y) / 2]);
        label(map, middle, f.properties.name, "mlab--st", turn).addTo(names);
      });
    };
    map.on("moveend", place);
    return place;
  }

  function ground(map, data) {
    const g = data.ground;
    shapes(map, g.block, "g-block", "ground").addTo(map);
    shapes(map, g.park, "g-park", "ground").addTo(map);
    shapes(map, g.water, "g-water", "ground").addTo(map);
    streets(map, g.street);
    shapes(map, g.rail, "g-rail", "ground", { weight: 2, dashArray: "8 5", fill: false }).addTo(map);
    [...g.park.features, ...g.water.features].filter((f) => f.properties.name).forEach((f) => {
      label(map, L.geoJSON(f).getBounds().getCenter(), f.properties.name, "mlab--park").addTo(map);
    });
    return streetNames(map, g.street);
  }

  const lines = {
    broad: [["g-broad", { weight: 2.5, dashArray: "7 6", fill: false }]],
    target: [["g-case", { weight: 8, fill: false }], ["g-target", { weight: 4, fill: false }]],
    comparison: [["g-case", { weight: 6, fill: false }], ["g-cmp", { weight: 3, dashArray: "12 5", fill: false }]],
  };

  function area(map, feature) {
    const group = L.layerGroup();
    lines[feature.properties.kind].forEach(([name, more]) => shapes(map, feature, name, "lines", more).addTo(group));
    return group;
  }

  const labelled = { target: "mlab--area", comparison: "mlab--cmp", broad: "" };

  function areaName(map, feature) {
    const box = L.geoJSON(feature).getBounds();
    return label(map, [box.getNorth(), box.getCenter().lng], feature.properties.name, labelled[feature.properties.kind]);
  }

  const fetched = (url) => fetch(url, { credentials: "same-origin" }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });

  return { open, ground, shapes, area, areaName, label, paint, fetched };
})();
