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

/* A cloud has its words in two arrangements; it stands in the middle, a pixel to a unit. */
function arranged(figure, box) {
  const { narrow } = figure.layout?.meta || {};
  if (!narrow) return figure;
  const { area, ...words } = narrow;
  const wide = [figure.layout.xaxis.range[1], figure.layout.yaxis.range[0]];
  const small = box.clientWidth < wide[0];
  const [width] = small ? area : wide;
  const side = Math.max(0, (box.clientWidth - 16 - width) / 2);
  return {
    ...figure,
    data: small ? [{ ...figure.data[0], ...words }] : figure.data,
    layout: { ...figure.layout, xaxis: { ...figure.layout.xaxis, range: [-side, width + side] } },
  };
}

async function draw(box) {
  const source = box.querySelector(':scope > script[type="application/json"]');
  if (!source) return;
  const figure = arranged(JSON.parse(source.textContent), box);
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
  readable(box, plot, figure.layout?.meta || {}, pictureButton(figure, plot));
}

/* What a chart says beside its picture: its sentence, its marks one by one, and its data. */
function readable(box, plot, meta, save) {
  const frame = box.parentElement;
  plot.firstElementChild.setAttribute('aria-hidden', 'true');
  frame.append(make('p', { className: 'tools save' }, save));
  if (!meta.rows) return;
  plot.classList.toggle('traced', Boolean(meta.hits));
  Object.entries({
    tabindex: 0, role: 'application', 'aria-roledescription': '图 chart',
    'aria-label': `${meta.alt.join(' ')} 方向键逐项，回车看出处。Arrow keys: marks; Enter: passages.`,
  }).forEach(([name, value]) => plot.setAttribute(name, value));
  frame.append(folded(meta, walkable(plot, meta)));
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
