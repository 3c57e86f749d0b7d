/* Charts. */

const PRINT_WIDTH = 640; // pixels that fit between the margins of A4
const NARROW = 480; // pixels: smaller letters leave room for what they name
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

/* A map asks a server for coastlines before it draws; an empty one spares the question. */
function blankMaps() {
  const layers = ['coastlines', 'land', 'ocean', 'lakes', 'rivers', 'countries', 'subunits'];
  const nothing = { type: 'GeometryCollection', geometries: [] };
  const objects = Object.fromEntries(layers.map((layer) => [layer, nothing]));
  const map = { type: 'Topology', arcs: [], objects };
  window.PlotlyGeoAssets = { topojson: { world_110m: map, world_50m: map } };
}

/* The layout without its title, which stands above the chart as text that wraps. */
function untitled(layout, box) {
  const { title, width, ...rest } = layout || {};
  rest.margin = { ...rest.margin, t: Number(box.dataset.top) };
  rest.height = box.clientHeight;
  rest.autosize = true;
  if (box.clientWidth < NARROW) rest.font = { ...rest.font, size: 12 };
  rest.paper_bgcolor = rest.plot_bgcolor = 'transparent'; // rice paper on screens, white in print
  if (rest.dragmode === undefined) rest.dragmode = false; // a finger on a chart scrolls the page
  if (calm) rest.transition = { duration: 0 };
  return rest;
}

async function draw(box) {
  const source = box.querySelector(':scope > script[type="application/json"]');
  if (!source) return;
  const figure = JSON.parse(source.textContent);
  const plot = make('div', { className: 'drawing' });
  box.append(plot);
  await Plotly.newPlot(plot, {
    data: spoken(figure.data),
    layout: untitled(spoken(figure.layout), box),
    frames: figure.frames,
    config: {
      ...figure.config,
      responsive: true, displayModeBar: false, displaylogo: false,
      showSendToCloud: false, plotlyServerURL: '', showTips: false,
    },
  });
  addEventListener('tongue', () => Plotly.react(
    plot, spoken(figure.data), untitled(spoken(figure.layout), box)));
  const tools = make('p', { className: 'tools save' }, pictureButton(figure, plot));
  const evidence = figure.layout?.meta?.evidence;
  if (evidence) tools.prepend(evidenceButton(evidence, plot));
  box.parentElement.append(tools);
}

function pictureButton(figure, plot) {
  const looks = { format: 'png', scale: 2, width: 880, height: plot.layout.height + 68 };
  const save = () => Plotly.downloadImage(
    { data: spoken(figure.data), layout: { ...spoken(figure.layout), width: undefined } },
    { ...looks, filename: pageName() });
  return make('button', { type: 'button', onclick: save }, '存为图片 ', english('save as PNG'));
}

function sorry(box, error) {
  console.error(error);
  box.append(make('p', { className: 'notice' }, '此图未能显示。', english(
    typeof Plotly === 'undefined'
      ? 'This chart needs the folder "assets" beside the page.'
      : `This chart could not be drawn: ${error.message}`)));
}

async function drawAll() {
  blankMaps();
  for (const box of document.querySelectorAll('.plate')) {
    try { await draw(box); } catch (error) { sorry(box, error); }
  }
  document.documentElement.dataset.ready = 'yes';
}

const drawings = () => [...document.querySelectorAll('.drawing.js-plotly-plot')];
addEventListener('beforeprint', () => drawings().forEach(
  (plot) => Plotly.relayout(plot, { width: PRINT_WIDTH, autosize: false })));
addEventListener('afterprint', () => drawings().forEach(
  (plot) => Plotly.relayout(plot, { width: null, autosize: true })));
