/* The panel with the passages behind a mark. A page keeps each sentence once, in #passages:
   {articles: [[name, headline, paper, date, page], …], sentences: [[article, text, lines], …]}.
   Of a chart, layout.meta.hits[mark] lists [sentence, from, to], and totals[mark] says of how many. */

const PASSAGES = JSON.parse(document.getElementById('passages')?.textContent || '{}');

/* Opens the panel; the focus goes back to the mark it came from. from: {name, said, english, total, hits}. */
function showEvidence(from) {
  document.querySelector('dialog.evidence')?.close();
  const panel = make('dialog', { className: 'evidence', 'aria-label': '出处 evidence', tabIndex: -1 });
  const shut = make('button', { type: 'button', className: 'shut', 'aria-label': '关闭 close' }, '×');
  shut.onclick = () => panel.close();
  panel.onclick = (event) => {
    if (event.target === panel && outside(panel, event)) panel.close();
  };
  panel.onclose = () => panel.remove();
  panel.append(
    shut, make('h2', { 'data-name': from.name }, ...from.name.split(' · ')
      .flatMap((part, at) => [...(at ? [' · '] : []), ...inBoth(part)])),
    make('p', { className: 'saying' }, ...(from.english ? [from.said, english(from.english)] : [from.said])),
    counted(from.hits.length, from.total), ...(from.more || []), ...from.hits.map(passage));
  document.body.append(panel);
  panel.showModal(); // the browser keeps the focus inside, and gives it back at the end
  panel.focus();
}

function counted(shown, total) {
  if (!total) {
    return make('p', { className: 'many' }, '这里一处也没有，所以没有出处。', english('Nothing was counted here, so there is no passage.'));
  }
  const zh = total > shown ? `共 ${total} 处，列出 ${shown} 处，按日期。` : `共 ${total} 处，按日期。`;
  const en = total > shown ? `${shown} of ${total} passages, by date.` : `${total} passages, by date.`;
  return make('p', { className: 'many' }, chinese(zh), ' ', english(en));
}

function outside(panel, { clientX, clientY }) {
  const { left, right, top, bottom } = panel.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/* Where a sentence stands, before the name of its file: paper and day, then page and lines. */
function placeOf([, , paper, date, page], lines) {
  const many = /[–,]/.test(lines);
  const zh = [page && `第${page}版`, lines && `第${lines}行`].filter(Boolean).join(' · ');
  const en = [page && `page ${page}`, lines && `${many ? 'lines' : 'line'} ${lines}`].filter(Boolean).join(', ');
  return { known: [paper, date].filter(Boolean).join(' · '), zh, en };
}

/* A sentence with its hit marked, the headline, and where it stands. */
function passage([sentence, begin, end]) {
  const [article, text, lines] = PASSAGES.sentences[sentence];
  const [name, headline] = PASSAGES.articles[article];
  const { known, zh, en } = placeOf(PASSAGES.articles[article], lines);
  const where = [known, zh].filter(Boolean).join(' · ');
  const copy = make('button', { type: 'button' }, '复制出处 ', english('copy'));
  copy.onclick = async () => {
    const place = tongue() === 'en' ? [known, en].filter(Boolean).join(', ') : where;
    await navigator.clipboard.writeText(`${text}\n${headline && `《${headline}》，`}${place}（${name}）`);
    copy.textContent = '已复制 copied';
  };
  return make('article', {},
    text ? make('p', {}, text.slice(0, begin), make('mark', {}, text.slice(begin, end)), text.slice(end))
      : make('p', { className: 'many' }, '这里没有字可以引：', english('There are no words to quote here:')),
    make('p', { className: 'headline' }, ...(headline ? [headline] : ['（无题）', english('(untitled)')])),
    make('p', { className: 'source' }, known && zh ? `${known} · ` : known, chinese(zh), ' ', english(en), ' ', fileOf(name), copy));
}

/* The name of an article; where the page holds it in full, a link to it. */
function fileOf(name) {
  const entry = document.getElementById(`a-${name}`);
  if (!entry) return make('span', { className: 'file' }, name);
  const link = make('a', { className: 'file', href: `#a-${encodeURIComponent(name)}` }, name);
  link.onclick = () => {
    document.querySelector('dialog.evidence')?.close();
    entry.closest('details').open = true;
    setTimeout(() => entry.focus()); // after the focus has gone back to the mark
  };
  return link;
}
