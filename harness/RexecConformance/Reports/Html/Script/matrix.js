// The matrix. Its first rows are there at once, the others are added when the browser has nothing else to do.

const glyphs = { pass: "\u2713", fail: "\u2717", xfail: "\u2248", xpass: "!", blocked: "\u25a1", unsupported: "\u2013", unspecified: "?", error: "E" };
const meanings = {
  pass: "as expected", fail: "not as expected", xfail: "a listed deviation failed as listed", xpass: "a listed deviation passed",
  blocked: "a scenario that it depends on failed", unsupported: "the target lacks what it needs", unspecified: "the dialect says nothing about it",
  error: "a fault of the suite",
};
const rowsAtOnce = 30;

class Matrix {
  constructor(results) {
    this.results = results;
    this.active = { row: 0, column: 0 };
    this.generation = 0;
    this.lines = [];
    this.table = el("table", { role: "grid", id: "matrix", "aria-describedby": "matrix-hint" });
    this.region = el("div", { class: "scroll matrix", role: "region", "aria-label": "Matrix of variants and targets" }, this.table);
    this.table.addEventListener("focusin", (event) => this.focused(event.target));
    addEventListener("beforeprint", () => this.add(Infinity));
  }

  show(state) {
    const { results } = this;
    this.state = state;
    this.filters = writeFilters(results, state);
    this.targets = shownTargets(results, state);
    this.entries = shownRows(results, state);
    this.lines = [];
    this.generation++;
    this.active = { row: 0, column: 0 };
    const many = this.targets.length > 4;
    this.table.className = many ? "many" : "few";
    this.table.setAttribute("aria-rowcount", this.entries.length + 1);
    this.table.setAttribute("aria-colcount", this.targets.length + 1);
    this.table.style.setProperty("--columns", this.targets.length);
    this.table.replaceChildren(this.head());
    if (this.entries.length === 0) {
      this.table.append(el("tbody", { role: "rowgroup" }, el("tr", { role: "row" }, el("td", { role: "gridcell", class: "empty" }, "No result fits these filters."))));
      return;
    }
    this.add(rowsAtOnce);
    const generation = this.generation;
    setTimeout(() => this.addLater(generation), 0);
  }

  head() {
    return el("thead", { role: "rowgroup" }, el("tr", { role: "row", "aria-rowindex": 1 },
      el("th", { role: "columnheader", scope: "col", class: "corner" }, "variant"),
      this.targets.map((target) => el("th", { role: "columnheader", scope: "col", title: target.name },
        el("span", { class: "target" }, target.target), " ", el("span", { class: "dialect" }, `as ${target.dialect}`)))));
  }

  /** Adds groups of rows until there are so many. */
  add(until) {
    while (this.lines.length < Math.min(until, this.entries.length)) {
      const from = this.lines.length;
      const group = this.entries.slice(from, from + rowsAtOnce).map((entry, i) => this.line(entry, from + i));
      this.lines.push(...group);
      this.table.append(el("tbody", { role: "rowgroup" }, group));
    }
  }

  /** Adds the others in slices of time that nobody notices. */
  addLater(generation) {
    if (generation !== this.generation) return;
    const begin = performance.now();
    while (this.lines.length < this.entries.length && performance.now() - begin < 12) this.add(this.lines.length + 1);
    if (this.lines.length < this.entries.length) setTimeout(() => this.addLater(generation), 0);
  }

  line({ row, differ }, index) {
    const answers = this.targets.length > 1 ? [" ", el("span", { class: "answers" }, differ.answers > 1 ? `${differ.answers} answers` : differ.verdicts > 1 ? `${differ.verdicts} verdicts` : "")] : [];
    return el("tr", { role: "row", "aria-rowindex": index + 2 },
      el("th", { role: "rowheader", scope: "row" }, el("span", { class: "name" }, row.name), answers, el("span", { class: "title" }, row.title)),
      this.targets.map((target, column) => this.cell(row.cells[target.index], index, column)));
  }

  cell(one, row, column) {
    if (one === null) return el("td", { role: "gridcell" }, el("span", { class: "absent", title: "not driven" }, "\u00b7", spoken(" not driven")));
    const verdict = this.results.verdict(one);
    const dim = cellMatches(this.results, this.state, one) ? "" : " dim";
    return el("td", { role: "gridcell" },
      el("a", { class: `verdict v-${verdict}${dim}`, href: caseAddress(this.results, this.state, one, this.filters), tabindex: row === 0 && column === 0 ? 0 : -1 },
        el("span", { class: "glyph", "aria-hidden": "true" }, glyphs[verdict]), el("span", { class: "word" }, verdict)));
  }

  link(row, column) {
    return this.lines[row]?.children[column + 1]?.querySelector("a") ?? null;
  }

  focused(node) {
    const cell = node.closest("td");
    if (!cell || node.tagName !== "A") return;
    const before = this.table.querySelector('a[tabindex="0"]');
    if (before !== node) before?.setAttribute("tabindex", "-1");
    node.setAttribute("tabindex", "0");
    this.active = { row: this.lines.indexOf(cell.parentElement), column: [...cell.parentElement.children].indexOf(cell) - 1 };
  }

  /** Moves the focus; cells without a result are passed over. */
  move(rows, columns) {
    let { row, column } = this.active;
    if (!this.table.contains(document.activeElement)) {
      rows = 0;
      columns = 0;
    }
    const rowStep = Math.sign(rows) || (columns === 0 ? 1 : 0);
    const columnStep = Math.sign(columns);
    row = Math.max(0, Math.min(this.entries.length - 1, row + rows));
    column = Math.max(0, Math.min(this.targets.length - 1, column + columns));
    while (row >= 0 && column >= 0 && row < this.entries.length && column < this.targets.length) {
      if (row >= this.lines.length) this.add(row + 1);
      const link = this.link(row, column);
      if (link) {
        link.focus();
        return;
      }
      row += rowStep;
      column += columnStep;
    }
  }

  /** The focus back to the cell of a case. */
  focusCase(one) {
    const row = this.entries.findIndex((entry) => entry.row.index === one.r);
    const column = this.targets.findIndex((target) => target.index === one.t);
    if (row < 0 || column < 0) return false;
    if (row >= this.lines.length) this.add(row + 1);
    this.link(row, column)?.focus();
    return true;
  }

  /** The case before or behind another one on the same target, among those that are shown. */
  beside(one, step) {
    let row = this.entries.findIndex((entry) => entry.row.index === one.r);
    if (row < 0) row = step > 0 ? -1 : this.entries.length;
    for (row += step; row >= 0 && row < this.entries.length; row += step) {
      const next = this.entries[row].row.cells[one.t];
      if (cellMatches(this.results, this.state, next)) return next;
    }
    return null;
  }

  /** The same variant on the target before or behind. */
  across(one, step) {
    const { cells } = this.results.rows[one.r];
    let column = this.targets.findIndex((target) => target.index === one.t);
    for (column += step; column >= 0 && column < this.targets.length; column += step) {
      if (cells[this.targets[column].index] !== null) return cells[this.targets[column].index];
    }
    return null;
  }
}
