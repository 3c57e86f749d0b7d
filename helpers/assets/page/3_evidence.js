/* Evidence. A figure may carry layout.meta.evidence = {key: {title, total, passages: [...]}}, a
   passage being {left, node, right, headline, source}; a mark whose customdata is or holds a key
   opens the passages of that key. */

function evidenceButton(evidence, plot) {
  plot.classList.add('traced');
  plot.on('plotly_click', ({ points }) => {
    const key = [points[0].customdata].flat(3).find((part) => Object.hasOwn(evidence, part));
    if (key !== undefined) showEvidence([evidence[key]]);
  });
  const all = () => showEvidence(Object.values(evidence));
  return make('button', { type: 'button', onclick: all }, '全部出处 ', english('all evidence'));
}

function showEvidence(groups) {
  const panel = make('dialog', { className: 'evidence', 'aria-label': '出处', tabIndex: -1 });
  const shut = make('button', { type: 'button', className: 'shut', 'aria-label': '关闭' }, '×');
  shut.onclick = () => panel.close();
  panel.onclick = (event) => {
    if (event.target === panel && outside(panel, event)) panel.close();
  };
  panel.onclose = () => panel.remove();
  panel.append(shut, ...groups.flatMap((group) => [
    make('h2', {}, group.title),
    counted(group.passages.length, group.total ?? group.passages.length),
    ...group.passages.map(passage)]));
  document.body.append(panel);
  panel.showModal(); // the browser keeps the focus inside, and gives it back at the end
  panel.focus();
}

const counted = (shown, total) => make('p', { className: 'many' },
  `${total} 处中列 ${shown} 处 `, english(`${shown} of ${total} passages`));

function outside(panel, { clientX, clientY }) {
  const { left, right, top, bottom } = panel.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

function passage({ left = '', node = '', right = '', headline = '', source = '' }) {
  const copy = make('button', { type: 'button' }, '复制出处 ', english('copy'));
  copy.onclick = async () => {
    await navigator.clipboard.writeText(`${left}${node}${right}\n《${headline}》，${source}`);
    copy.textContent = '已复制 copied';
  };
  return make('article', {},
    make('p', {}, left, make('mark', {}, node), right),
    make('p', { className: 'headline' }, headline),
    make('p', { className: 'source' }, source, copy));
}
