// Before, after and difference: three maps that move together.
(() => {
  const holder = document.querySelector(".pairmaps");
  const note = document.getElementById("pair-note");
  const names = ["before", "after", "difference"];
  const maps = names.map((name) => cityMap.open(document.getElementById("map-" + name)));
  let moving = false;

  function follow(map) {
    if (moving) return;
    moving = true;
    maps.filter((other) => other !== map).forEach((other) => {
      other.invalidateSize({ pan: false });
      other.setView(map.getCenter(), map.getZoom(), { animate: false });
    });
    moving = false;
  }
  maps.forEach((map) => map.on("drag moveend", () => follow(map)));
  const bands = (map, features, ramp, more) => features.forEach((f) => {
    cityMap.shapes(map, f, `g-heat ${ramp}${f.properties.step}`, "heat", more).addTo(map);
  });

  cityMap.fetched(holder.dataset.ground).then((data) => {
    const shown = data.areas.features.length ? data.areas : Object.values(data.boundaries)[0] || data.ground.street;
    const box = L.geoJSON(shown).getBounds();
    if (box.isValid()) maps[0].fitBounds(box, { padding: [16, 16], animate: false }); else maps[0].setView([39, -98], 4);
    follow(maps[0]);
    maps.forEach((map) => {
      cityMap.ground(map, data)();
      data.areas.features.forEach((f) => cityMap.area(map, f).addTo(map));
    });
  }).catch(() => { note.textContent = "The ground could not be fetched. Reload the page."; });
  cityMap.fetched(holder.dataset.pair).then((found) => {
    bands(maps[0], found.before, "g-h");
    bands(maps[1], found.after, "g-h");
    bands(maps[2], found.rise, "g-h");
    bands(maps[2], found.fall, "g-fall g-c", { dashArray: "5 3", weight: 1.2 });
  }).catch(() => { note.textContent = "The bands could not be fetched. Reload the page."; });
})();
