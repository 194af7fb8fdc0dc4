// A click on the drawing of the area sets latitude and longitude; typed numbers move the pin.
const ground = document.querySelector(".uc-ground");
const lat = document.getElementById("id_latitude");
const lon = document.getElementById("id_longitude");
if (ground && lat && lon) {
  const svg = ground.querySelector("svg");
  const pin = ground.querySelector(".uc-pin");
  const [west, north, perLon, perLat] = ["west", "north", "perLon", "perLat"].map((name) => Number(ground.dataset[name]));
  const place = () => {
    const isPlaced = lat.value !== "" && lon.value !== "";
    pin.setAttribute("visibility", isPlaced ? "visible" : "hidden");
    if (!isPlaced) return;
    pin.setAttribute("cx", (Number(lon.value) - west) * perLon);
    pin.setAttribute("cy", (north - Number(lat.value)) * perLat);
  };
  ground.classList.add("is-live");
  svg.addEventListener("click", (event) => {
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    lon.value = (west + spot.x / perLon).toFixed(6);
    lat.value = (north - spot.y / perLat).toFixed(6);
    place();
  });
  [lat, lon].forEach((box) => box.addEventListener("input", place));
  place();
}
