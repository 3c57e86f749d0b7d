/* On paper nothing opens. The passages of the marks of a chart that measure most stand at the end of
   the page, numbered, and the foot of the chart leads to them. */

const NOTED = { marks: 4, passages: 2 }; // of a chart at most: a page stays short

/* The marks that have passages, by their first number. */
function strongest(meta) {
  const measure = meta.heads.findIndex((_, at) => meta.rows.some((row) => typeof row[at] === 'number'));
  const value = (mark) => meta.rows[mark][measure] ?? 0;
  return [...meta.rows.keys()].filter((mark) => meta.hits[mark].length)
    .sort((a, b) => value(b) - value(a)).slice(0, NOTED.marks);
}

/* One note: the sentence, its headline, and where it stands. */
function note([sentence, begin, end], number) {
  const [article, text, lines] = PASSAGES.sentences[sentence];
  const [name, headline] = PASSAGES.articles[article];
  const { known, zh, en } = placeOf(PASSAGES.articles[article], lines);
  return make('li', { id: `note-${number}` },
    text.slice(0, begin), make('mark', {}, text.slice(begin, end)), text.slice(end), ' ',
    make('span', { className: 'source' }, headline ? `《${headline}》 ` : '', known && zh ? `${known} · ` : known,
      chinese(zh), ' ', english(en), ` · ${name}`));
}

/* The foot of a chart: each mark, and the numbers of its notes. */
function citedBy(meta, notes) {
  const parts = strongest(meta).map((mark) => {
    const links = meta.hits[mark].slice(0, NOTED.passages).map((hit) => {
      const key = String(hit);
      if (!notes.has(key)) notes.set(key, note(hit, notes.size + 1));
      const number = notes.get(key).id.slice('note-'.length);
      return make('a', { href: `#note-${number}` }, `[${number}]`);
    });
    return make('span', {}, `${meta.names[mark]} `, ...links, ' ');
  });
  return make('p', { className: 'cited' }, '出处见篇末注：', english('Passages, as notes at the end: '), ...parts);
}

/* Sets the notes, once; before a page is printed. */
function endnotes() {
  const notes = new Map();
  if (document.querySelector('.endnotes')) return;
  for (const plot of drawings()) {
    const { meta } = plot.layout;
    if (meta?.hits?.some((hits) => hits.length)) plot.closest('.chart').append(citedBy(meta, notes));
  }
  if (!notes.size) return;
  const section = make('section', { className: 'cell text endnotes' },
    make('h2', {}, '图中数字的出处', make('span', { lang: 'en', className: 'en' }, 'Where the figures come from')),
    make('ol', {}, ...notes.values()));
  const entries = document.querySelector('.entries');
  if (entries) entries.before(section);
  else document.querySelector('main').append(section);
}
addEventListener('beforeprint', endnotes);
