/* The list of contents. */

function contents() {
  const headings = [...document.querySelectorAll('main > .text h2')];
  if (headings.length < 3) return;
  const links = new Map(headings.map((heading, at) => {
    const same = headings.findIndex((other) => other.id === heading.id) !== at;
    if (!heading.id || same) heading.id = `s-${at + 1}`;
    const address = `#${encodeURIComponent(heading.id)}`;
    return [heading, make('a', { href: address }, ...heading.cloneNode(true).childNodes)];
  }));
  const list = make('ol', {}, ...[...links.values()].map((link) => make('li', {}, link)));
  document.querySelector('main').before(
    make('nav', { className: 'contents', 'aria-label': '目录 contents' }, list));
  const mark = () => {
    const line = innerHeight / 3;
    const read = headings.filter((heading) => heading.getBoundingClientRect().top < line);
    links.forEach((link) => link.removeAttribute('aria-current'));
    links.get(read.at(-1) || headings[0]).setAttribute('aria-current', 'true');
  };
  addEventListener('scroll', mark, { passive: true });
  mark();
}
