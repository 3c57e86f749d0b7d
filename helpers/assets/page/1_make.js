/* What all parts share: elements and words. Words from clippings only ever become text
   (textContent), never HTML. The parts are joined, in the order of their names, to one script. */

/* An element with its properties and children; strings become text, and one before its English
   becomes Chinese, so that either can be hidden: make('p', {}, '出处', english('evidence')). */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.map((child, at) => (
    typeof child === 'string' && children[at + 1]?.lang === 'en' ? chinese(child) : child)));
  return element;
}

const pageName = () => document.title.split(' · ')[0];
const chinese = (words) => make('span', { lang: 'zh' }, words);
const english = (words) => make('span', { lang: 'en' }, words);

/* What a chart says in the language of the page: its strings are looked up in the page's list of
   those that are in both, {"展会 Fairs": ["展会", "Fairs"]}. What is quoted stays as it is, and so
   do words set in a chart, as in a cloud. */
const PAIRS = JSON.parse(document.getElementById('pairs')?.textContent || '{}');
const QUOTED = new Set(['customdata', 'meta', 'template', 'hovertemplate']);
const CODE = /^[a-z_]+$/; // what a kind of text is called in code
const pairOf = (words, named) => [words, named && `name:${words}`]
  .filter((line) => line && Object.hasOwn(PAIRS, line)).map((line) => PAIRS[line])[0];
/* A name in both languages as elements, of which a page shows the one or both. */
const inBoth = (words) => {
  const pair = PAIRS[`full:${words}`];
  return pair && !pair[1].startsWith(`${pair[0]} `) ? [chinese(pair[0]), ' ', english(pair[1])] : [words];
};
const tongue = () => document.documentElement.dataset.tongue;

function spoken(value, key = '') {
  if (typeof value === 'string') {
    const pair = pairOf(value, key === 'name' || key === 'annotations');
    if (!pair) return value;
    if (tongue() === 'zh' || tongue() === 'en') return pair[tongue() === 'zh' ? 0 : 1];
    return CODE.test(value) ? pair.join(' ') : value;
  }
  if (Array.isArray(value)) return value.map((part) => spoken(part, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => (
    [name, QUOTED.has(name) || (name === 'text' && Array.isArray(part)) ? part : spoken(part, key === 'annotations' ? key : name)])));
}

/* How wide a text is, in Latin letters; a Chinese one is as wide as two. */
const widthOf = (text) => [...text].reduce((sum, letter) => sum + (letter > '\u2000' ? 2 : 1), 0);

/* A text in lines that are no wider than so many letters. */
function inLines(text, most) {
  const found = [''];
  for (const word of text.match(/[\u2000-\uffff]|[^\u2000-\uffff ]+ ?| /gu) || []) {
    const full = widthOf(found.at(-1) + word) > most && !/^[，。；：、）”》]/.test(word);
    if (full) found.push(word);
    else found[found.length - 1] += word;
  }
  return found;
}
