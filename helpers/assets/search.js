/* The first page's search, over its cards and over the headlines in #heads, each of which is
   [headline, paper, date, article, page that holds it]. Words from clippings only become text. */
'use strict';
(() => {
  const MOST = 40; // headlines shown
  const heads = JSON.parse(document.getElementById('heads').textContent);
  const cards = [...document.querySelectorAll('.card')];
  const box = document.querySelector('.search');
  const [input, list, said] = ['#sought', '.heads', '.many'].map((name) => box.querySelector(name));

  function told(tag, words, properties = {}) {
    return Object.assign(document.createElement(tag), { textContent: words }, properties);
  }

  function line([headline, paper, date, article, page]) {
    const item = document.createElement('li');
    const words = headline || '（无题）';
    const to = { href: `${encodeURIComponent(page)}.html#a-${encodeURIComponent(article)}` };
    item.append(page ? told('a', words, to) : told('b', words),
      told('span', [paper, date, article].filter(Boolean).join(' · '), { className: 'source' }));
    return item;
  }

  function report(notebooks, found) {
    const shown = Math.min(found, MOST);
    const zh = `${notebooks} 本笔记，${found} 条标题${found > shown ? `，列出 ${shown} 条` : ''}`;
    const en = `${notebooks} notebooks, ${found} headlines${found > shown ? `, ${shown} shown` : ''}`;
    said.replaceChildren(told('span', zh, { lang: 'zh' }), ' ', told('span', en, { lang: 'en' }));
  }

  function search() {
    const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (text) => words.every((word) => text.toLowerCase().includes(word));
    for (const card of cards) card.hidden = !holds(card.textContent);
    const found = words.length ? heads.filter((head) => holds(head.join(' '))) : [];
    list.replaceChildren(...found.slice(0, MOST).map(line));
    if (words.length) report(cards.filter((card) => !card.hidden).length, found.length);
    else said.replaceChildren();
  }

  box.hidden = false;
  input.addEventListener('input', search);
  search();
})();
