/* What happens when a page is opened: the charts in the window come before the tables. */

contents();
drawAll();
document.querySelectorAll('table.dataframe').forEach((table, at) => polish(table, at + 1));
/* What scrolls sideways is reached, and scrolled, with the keyboard too. */
document.querySelectorAll('.said.aligned, .highlight pre').forEach((box) => { box.tabIndex = 0; });
