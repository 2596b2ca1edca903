/* Runs before the first paint: puts the theme, the text size and the language that this browser
 * remembers on <html>. Kept to the oldest syntax; prefs.ts owns the same keys afterwards. */
(function () {
  var root = document.documentElement, saved = {};
  try { saved = JSON.parse(localStorage.getItem('linli.prefs') || '{}') || {}; } catch (e) { saved = {}; }
  var dark = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches;
  var more = window.matchMedia && matchMedia('(prefers-contrast: more)').matches;
  var theme = saved.theme;
  if (theme !== 'light' && theme !== 'dark' && theme !== 'contrast') theme = more ? 'contrast' : dark ? 'dark' : 'light';
  root.setAttribute('data-theme', theme);
  if (saved.elder) root.classList.add('elder');
  if (saved.language === 'en') root.lang = 'en';
})();
