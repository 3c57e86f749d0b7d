/* What happens when a page is opened. */

contents();
document.querySelectorAll('table.dataframe').forEach((table, at) => polish(table, at + 1));
drawAll();
/* What scrolls sideways is reached, and scrolled, with the keyboard too. */
document.querySelectorAll('.said.aligned, .highlight pre').forEach((box) => { box.tabIndex = 0; });
