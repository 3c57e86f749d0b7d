/* What all parts share: elements and words. Words from clippings only ever become text
   (textContent), never HTML. The parts are joined, in the order of their names, to one script. */

/* An element with its properties and children; strings become text. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const pageName = () => document.title.split(' · ')[0];
const english = (words) => make('span', { lang: 'en' }, words);
