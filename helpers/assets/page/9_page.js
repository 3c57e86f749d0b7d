/* What happens when a page is opened. */

contents();
document.querySelectorAll('table.dataframe').forEach((table, at) => polish(table, at + 1));
drawAll();
