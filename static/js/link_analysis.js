/* The link chart as a drawing that can be moved: the places come from the server, nothing is laid out here. */
(function () {
  "use strict";
  var field = document.querySelector("[data-chart]");
  var source = document.getElementById("lk-elements");
  if (!field || !source || typeof cytoscape === "undefined") { return; }
  var data = JSON.parse(source.textContent);
  var theme = getComputedStyle(document.documentElement);
  var color = function (name) { return theme.getPropertyValue(name).trim(); };
  var shapes = { circle: "ellipse", square: "rectangle", wide: "rectangle", tall: "rectangle", hexagon: "hexagon", diamond: "diamond" };
  var sizes = { circle: [26, 26], square: [22, 22], wide: [30, 16], tall: [16, 26], hexagon: [28, 24], diamond: [28, 28] };

  function classes(item) {
    return [item.shape || "", item.is_center ? "center" : "", item.is_influential ? "green" : "", item.is_solid === false ? "dashed" : ""].join(" ");
  }
  var elements = data.nodes.map(function (node) {
    return {
      data: { id: node.key, label: node.small ? node.name + "\n" + node.small : node.name, url: node.url },
      position: { x: node.x, y: node.y }, classes: classes(node)
    };
  }).concat(data.lines.map(function (line, index) {
    return { data: { id: "l" + index, source: line.first, target: line.second, label: line.words || " " }, classes: classes(line) };
  }));

  var drawn = field.querySelector("svg");
  var frame = document.createElement("div");
  frame.className = "lk-canvas";
  frame.setAttribute("role", "img");
  frame.setAttribute("aria-label", drawn ? drawn.getAttribute("aria-label") : "Link chart");
  var canvas = frame.appendChild(document.createElement("div"));
  field.appendChild(frame);

  var text = { "font-family": "\"Source Sans 3\", sans-serif", "text-background-color": color("--paper"), "text-background-padding": 2 };
  var style = [
    { selector: "node", style: Object.assign({ label: "data(label)", "background-color": color("--paper"), "border-width": 2, "border-color": color("--ink"), "font-size": 13, color: color("--ink"), "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": 150, "text-background-opacity": 0.85 }, text) },
    { selector: "edge", style: Object.assign({ label: "data(label)", width: 2, "line-color": color("--ink-2"), "curve-style": "straight", "font-size": 11.5, color: color("--ink-2"), "text-background-opacity": 1 }, text) },
    { selector: "edge.quiet", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: "edge.dashed", style: { "line-style": "dashed" } },
    { selector: "edge.green", style: { "line-color": color("--done") } },
    { selector: "node.green", style: { "border-color": color("--done"), "background-color": color("--done-tint") } }
  ];
  Object.keys(shapes).forEach(function (name) {
    style.push({ selector: "node." + name, style: { shape: shapes[name], width: sizes[name][0], height: sizes[name][1] } });
    if (name !== "circle") { style.push({ selector: "node." + name, style: { "background-color": color("--ground-2") } }); }
  });
  style.push({ selector: "node.center", style: { "background-color": color("--ink"), "border-color": color("--ink"), "font-weight": 700, width: 38, height: 38 } });

  var chart;
  try {
    chart = cytoscape({
      container: canvas, elements: elements, style: style, layout: { name: "preset", fit: true, padding: 34 },
      userZoomingEnabled: false, boxSelectionEnabled: false, autoungrabify: true, minZoom: 0.3, maxZoom: 4
    });
  } catch (error) {
    field.removeChild(frame);
    return;
  }
  if (drawn) { drawn.remove(); }
  field.setAttribute("data-ready", "");

  function readable() {
    var zoom = chart.zoom();
    chart.nodes().style("font-size", zoom < 1 ? 13 / zoom : 13);
    chart.edges().toggleClass("quiet", zoom < 0.7);
  }
  document.fonts.ready.then(readable);
  chart.on("tap", "node", function (event) { window.location.assign(event.target.data("url")); });

  var tools = document.querySelector("[data-chart-tools]");
  if (!tools) { return; }
  tools.hidden = false;
  tools.addEventListener("click", function (event) {
    var asked = event.target.closest("[data-zoom]");
    if (!asked) { return; }
    if (asked.dataset.zoom === "fit") { chart.fit(undefined, 34); } else {
      chart.zoom({ level: chart.zoom() * Number(asked.dataset.zoom), renderedPosition: { x: chart.width() / 2, y: chart.height() / 2 } });
    }
    readable();
  });
}());
