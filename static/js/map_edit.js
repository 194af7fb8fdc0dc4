// The area editor: corners on the map and the typed list are the same thing; the list is what is sent.
(() => {
  const element = document.getElementById("editmap");
  const list = document.querySelector("textarea[name=corners]");
  const map = cityMap.open(element);
  const handles = L.layerGroup();
  let rings = [];
  let outline = null;

  const written = () => rings.map((ring) => ring.map((p) => `${p.lat.toFixed(6)}, ${p.lng.toFixed(6)}`).join("\n")).join("\n\n");
  function read(geometry) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.map((p) => p[0].slice(0, -1).map(([lon, lat]) => L.latLng(lat, lon)));
  }
  function paintOutline() {
    if (outline) outline.remove();
    outline = null;
    if (!rings.length || !rings[0].length) return;
    outline = L.polygon(rings, { ...cityMap.paint("g-draft", { weight: 3.5 }), pane: "lines" }).addTo(map);
  }
  function tell() {
    list.value = written();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function handle(at, size, className, name) {
    const icon = L.divIcon({ className, iconSize: [size, size] });
    const marker = L.marker(at, { draggable: true, icon, keyboard: true, title: name, alt: name }).addTo(handles);
    marker.getElement().setAttribute("aria-label", name);
    return marker;
  }
  function step(key, point) {
    const moves = { ArrowUp: [0, -4], ArrowDown: [0, 4], ArrowLeft: [-4, 0], ArrowRight: [4, 0] };
    if (!moves[key]) return null;
    const seen = map.latLngToContainerPoint(point);
    return map.containerPointToLatLng([seen.x + moves[key][0], seen.y + moves[key][1]]);
  }
  let wanted = null;
  function corner(ring, i, count) {
    const marker = handle(ring[i], 14, "corner", `Corner ${i + 1} of ${count}. Arrow keys move it, Delete removes it.`);
    if (wanted && wanted[0] === ring && wanted[1] === i) marker.getElement().focus();
    marker.on("drag", () => { ring[i] = marker.getLatLng(); paintOutline(); });
    marker.on("dragend", () => { tell(); draw(); });
    marker.getElement().addEventListener("keydown", (event) => {
      const next = step(event.key, ring[i]);
      if (next) { ring[i] = next; marker.setLatLng(next); paintOutline(); tell(); }
      else if ((event.key === "Delete" || event.key === "Backspace") && ring.length > 3) { ring.splice(i, 1); wanted = [ring, i % ring.length]; draw(); tell(); }
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
  function middle(ring, i) {
    const next = ring[(i + 1) % ring.length];
    const at = L.latLng((ring[i].lat + next.lat) / 2, (ring[i].lng + next.lng) / 2);
    const marker = handle(at, 10, "corner--mid", "Drag, or press Enter, to add a corner here");
    const add = () => { ring.splice(i + 1, 0, marker.getLatLng()); wanted = [ring, i + 1]; draw(); tell(); };
    marker.on("dragend", add);
    marker.getElement().addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
  }
  function draw() {
    handles.clearLayers();
    paintOutline();
    rings.forEach((ring) => {
      ring.forEach((_, i) => corner(ring, i, ring.length));
      if (ring.length > 2) ring.forEach((_, i) => middle(ring, i));
    });
    wanted = null;
  }
  // Before there is an outline each click sets a corner; afterwards corners are dragged.
  map.on("click", (event) => {
    if (rings.length > 1 || (rings[0] && rings[0].isWhole)) return;
    if (!rings.length) rings = [[]];
    rings[0].push(event.latlng);
    draw();
    if (rings[0].length > 2) tell();
  });
  document.getElementById("map-clear").addEventListener("click", () => { rings = []; draw(); list.value = ""; });

  function take() {
    const told = document.getElementById("outline");
    if (!told) return;
    const geometry = JSON.parse(told.textContent);
    if (!geometry) return;
    const fresh = read(geometry);
    if (handles.getLayers().some((m) => m.getElement() === document.activeElement)) return;
    const wasOpen = rings.length === 1 && !rings[0].isWhole;
    rings = fresh;
    if (!wasOpen) rings.forEach((ring) => { ring.isWhole = true; });
    draw();
  }
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "preview") take(); });

  cityMap.fetched(element.dataset.ground).then((data) => {
    const told = document.getElementById("outline");
    const own = told && JSON.parse(told.textContent);
    const box = own ? L.geoJSON(own).getBounds() : L.geoJSON(Object.values(data.boundaries)[0] || data.ground.street).getBounds();
    if (box.isValid()) map.fitBounds(box, { padding: [60, 60] }); else map.setView([39, -98], 4);
    cityMap.ground(map, data)();
    data.areas.features.filter((f) => f.properties.kind !== element.dataset.kind).forEach((f) => {
      cityMap.area(map, f).addTo(map);
    });
    handles.addTo(map);
    if (own) { rings = read(own); rings.forEach((ring) => { ring.isWhole = true; }); draw(); }
  });
  if (element.dataset.surface) {
    cityMap.fetched(element.dataset.surface).then((found) => found.bands.forEach((f) => {
      cityMap.shapes(map, f, "g-heat g-h" + f.properties.step, "heat").addTo(map);
    }));
  }
})();
