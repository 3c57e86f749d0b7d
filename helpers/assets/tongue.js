/* The language a page speaks: what its address asks for (?lang=en), else what was chosen on a page
   before, else both. It runs before anything is painted, so that nothing flickers. */
'use strict';
(() => {
  const TONGUES = ['zh', 'both', 'en'];
  const KEPT = 'jianbao-tongue';
  const root = document.documentElement;
  const known = (tongue) => (TONGUES.includes(tongue) ? tongue : null);

  function kept() {
    try { return known(localStorage.getItem(KEPT)); } catch { return null; } /* not allowed */
  }

  function keep(tongue) {
    try { localStorage.setItem(KEPT, tongue); } catch { /* the address says it too */ }
    try {
      const address = new URL(location.href);
      address.searchParams.set('lang', tongue);
      history.replaceState(history.state, '', address);
    } catch { /* a page in a frame may not change its address */ }
  }

  function speak(tongue) {
    root.dataset.tongue = tongue;
    root.lang = tongue === 'en' ? 'en' : 'zh-CN';
    for (const button of document.querySelectorAll('[data-speak]')) {
      button.setAttribute('aria-pressed', button.dataset.speak === tongue);
    }
  }

  /* What was at the top of the window stays there, though all above it grows or shrinks. */
  function choose(tongue) {
    const read = [...document.querySelectorAll('main section, .card')].find(
      (part) => part.getBoundingClientRect().bottom > 0 && part.getClientRects().length);
    const before = read?.getBoundingClientRect().top;
    speak(tongue);
    keep(tongue);
    dispatchEvent(new Event('tongue'));
    if (before < 0) scrollBy({ top: read.getBoundingClientRect().top - before, behavior: 'instant' });
  }

  const asked = known(new URLSearchParams(location.search).get('lang'));
  speak(asked || kept() || 'both');
  addEventListener('DOMContentLoaded', () => speak(root.dataset.tongue));
  addEventListener('click', ({ target }) => {
    const button = target.closest?.('[data-speak]');
    if (button) choose(button.dataset.speak);
  });
})();
