/* Tables that sort, filter and download. */

const NUMBER = /^[+\-−]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[+-]?\d+)?\s?[%‰]?$/i;
const DATE = /^\d{4}(-\d{2}){0,2}$/;
const NOTHING = /^(|nan|nat|none|<na>|—|-)$/i;

const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);
const textOf = (cell) => (cell ? cell.textContent.trim() : '');
const nameOf = (heading) => heading.dataset.name || textOf(heading);

/* A heading that spans rows is repeated in each of them, so that rows can be moved. */
function unspan(rows) {
  rows.forEach((row, at) => [...row.cells].forEach((cell) => {
    const span = cell.rowSpan;
    cell.rowSpan = 1;
    for (const below of rows.slice(at + 1, at + span)) {
      below.insertBefore(cell.cloneNode(true), below.cells[cell.cellIndex] || null);
    }
  }));
}

/* For every column the lowest heading that names it. */
function headingsOf(table) {
  const headings = [];
  for (const row of table.tHead ? table.tHead.rows : []) {
    let column = 0;
    for (const cell of row.cells) {
      if (cell.colSpan === 1 && (textOf(cell) || !headings[column])) headings[column] = cell;
      column += cell.colSpan;
    }
  }
  return headings;
}

/* Row numbers that pandas made up, and the second row of headings that only names the rows. */
function tidy(table, rows) {
  const [first, second] = table.tHead?.rows || [];
  const merges = second && [...second.cells].every(
    (cell, at) => !textOf(cell) || !textOf(first.cells[at]));
  if (merges && first.cells.length === second.cells.length) {
    [...second.cells].forEach((cell, at) => {
      first.cells[at].append(...cell.childNodes);
      Object.assign(first.cells[at].dataset, cell.dataset);
    });
    second.remove();
  }
  const counted = rows.every((row, at) => row.cells[0]?.matches('th')
    && textOf(row.cells[0]) === String(at));
  if (first && counted && !textOf(first.cells[0])) {
    [first, ...rows].forEach((row) => row.cells[0].remove());
  }
}

/* Whether all that a column says is of one form. */
function isOf(form, rows, column) {
  const texts = rows.map((row) => textOf(row.cells[column]))
    .filter((text) => !NOTHING.test(text));
  return texts.length > 0 && texts.every((text) => form.test(text));
}
const isNumeric = (rows, column) => isOf(NUMBER, rows, column);

const valueOf = (text) => parseFloat(text.replace(/,/g, '').replace('−', '-'));

/* Compares two rows by one column; rows that say nothing there come last either way. */
function comparer(column, numeric, sign) {
  return (one, other) => {
    const [a, b] = [textOf(one.cells[column]), textOf(other.cells[column])];
    const [none, nil] = [NOTHING.test(a), NOTHING.test(b)];
    if (none || nil) return none - nil;
    if (numeric) return sign * (valueOf(a) - valueOf(b));
    return sign * a.localeCompare(b, 'zh-CN', { numeric: true });
  };
}

/* One click sorts, the next turns the order round, the third restores it. */
function sortable(table, rows, headings, column) {
  const heading = headings[column];
  const numeric = isNumeric(rows, column);
  const turns = numeric ? ['descending', 'ascending'] : ['ascending', 'descending'];
  const button = make('button', { type: 'button', className: 'sort' }, ...heading.childNodes);
  heading.append(button);
  button.addEventListener('click', () => {
    const turn = turns[turns.indexOf(heading.getAttribute('aria-sort')) + 1];
    headings.forEach((other) => other.removeAttribute('aria-sort'));
    if (turn) heading.setAttribute('aria-sort', turn);
    const sign = turn === 'ascending' ? 1 : -1;
    table.tBodies[0].append(...(turn ? [...rows].sort(comparer(column, numeric, sign)) : rows));
  });
}

/* A cell that a spreadsheet would run as a formula gets an apostrophe; numbers stay as they are. */
function csvCell(text) {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function csvOf(headings, rows) {
  const table = [headings.map(nameOf), ...rows.map((row) => [...row.cells].map(nameOf))];
  return `\uFEFF${table.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/* The box that hides the rows without its words, and says how many are left. */
function filterBox(rows, changed) {
  const said = make('output', {}, '');
  const input = make('input', { type: 'search', spellcheck: false });
  input.addEventListener('input', () => {
    const words = input.value.trim().toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    const left = rows.filter((row) => !row.hidden).length;
    said.textContent = input.value.trim() ? `${rows.length} 行中 ${left} 行` : '';
    changed(left);
  });
  const label = make('label', {}, '筛选 ', english('filter'), input);
  return make('p', { className: 'tools' }, label, said);
}

/* How a column is set: numbers to the right, days on one line, a word between its contexts, long
   text wrapped. */
function lookOf(rows, column, name) {
  if (isNumeric(rows, column)) return 'number';
  if (isOf(DATE, rows, column)) return 'date';
  if (['left', 'node', 'right'].includes(name)) return name;
  return rows.some((row) => textOf(row.cells[column]).length > 14) ? 'long' : 'short';
}

function polishColumns(table, rows) {
  const headings = headingsOf(table);
  headings.forEach((heading, column) => {
    const look = lookOf(rows, column, nameOf(heading));
    heading.classList.add(look);
    rows.forEach((row) => row.cells[column]?.classList.add(look));
    if (rows.length > 1 && textOf(heading)) sortable(table, rows, headings, column);
  });
  table.tHead?.querySelectorAll('th').forEach((cell) => { cell.scope = 'col'; });
  rows.forEach((row) => row.querySelectorAll('th').forEach((cell) => { cell.scope = 'row'; }));
  return headings;
}

function polish(table, number) {
  const rows = rowsOf(table);
  if (!rows.length) {
    table.replaceWith(make('p', { className: 'nothing' }, '一行也没有。', english('No rows.')));
    return;
  }
  unspan(rows);
  tidy(table, rows);
  const headings = polishColumns(table, rows);
  const count = english('');
  const tell = (left) => { count.textContent = `download ${left} rows as CSV`; };
  tell(rows.length);
  const save = () => download(
    `${pageName()}-${number}.csv`,
    csvOf(headings, rowsOf(table).filter((row) => !row.hidden)));
  const scroll = make('div', {
    className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': `表 ${number}`,
  });
  const frame = make('div', { className: 'table' });
  table.replaceWith(frame);
  scroll.append(table);
  if (rows.length >= 8) frame.append(filterBox(rows, tell));
  frame.append(scroll, make('p', { className: 'tools save' },
    make('button', { type: 'button', onclick: save }, '下载表格 ', count)));
}
