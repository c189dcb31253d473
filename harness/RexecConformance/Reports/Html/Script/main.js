// Puts the views into the page and follows the address.

class Page {
  constructor(results) {
    this.results = results;
    this.title = document.title;
    this.main = document.getElementById("content");
    this.summary = document.getElementById("summary");
    this.matrix = new Matrix(results);
    this.caseView = new CaseView(results, this.matrix);
    this.filters = new Filters(results, (change) => this.filter(change));
    this.list = el("section", { "aria-labelledby": "matrix-title" }, el("h2", { id: "matrix-title" }, "Results"), this.filters.form,
      el("p", { class: "small", id: "matrix-hint" }, "One row for each scenario with its segmentation, one column for each target. A cell opens the case."), this.matrix.region);
    this.main.replaceChildren(this.list, this.caseView.node);
    this.shown = null;
    addEventListener("hashchange", () => this.follow());
    document.addEventListener("keydown", (event) => handleKey(this, event));
    document.getElementById("skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.main.focus();
    });
    this.follow();
  }

  follow() {
    const before = this.state?.view ? this.caseView.one : null;
    this.state = readState(this.results, location.hash);
    const one = this.state.view && findCase(this.results, this.state.view);
    this.showList(one === null || one === undefined);
    this.list.hidden = Boolean(one);
    this.summary.hidden = Boolean(one);
    this.caseView.node.hidden = !one;
    if (one) {
      this.caseView.show(one, this.state);
      document.title = `${this.results.verdict(one)}: ${this.results.rows[one.r].name} on ${this.results.targets[one.t].name}`;
      scrollTo(0, 0);
      document.getElementById("case-title").focus({ preventScroll: true });
      return;
    }
    document.title = this.title;
    if (this.state.view) {
      say("The case that the address names is not in this report.");
      this.filters.shown.textContent += "; the case that the address names is not in this report";
      this.state.view = null;
    }
    if (before) this.matrix.focusCase(before);
  }

  /** The matrix anew, but only if the filters are others than before. */
  showList(visible) {
    const key = writeState(this.results, { ...this.state, view: null });
    if (key === this.shown) return;
    this.shown = key;
    this.matrix.show(this.state);
    const text = this.filters.set(this.state, this.matrix.entries.length, this.matrix.targets.length);
    if (visible) say(text);
  }

  filter(change) {
    const empty = readState(this.results, "");
    this.state = change === null ? empty : { ...this.state, ...change, view: null };
    // No entry in the browser's history for each letter that is typed.
    history.replaceState(null, "", writeState(this.results, this.state));
    this.showList(true);
  }

  back() {
    location.hash = writeState(this.results, { ...this.state, view: null });
  }

  toSearch() {
    if (this.state.view) this.back();
    this.list.hidden = false;
    this.filters.search.focus();
    this.filters.search.select();
  }

  /** In the matrix the focus moves; in a case the next case is opened. */
  step(rows, columns) {
    if (!this.state.view) {
      this.matrix.move(rows, columns);
      return;
    }
    const next = rows !== 0 ? this.matrix.beside(this.caseView.one, rows) : this.matrix.across(this.caseView.one, columns);
    if (next) location.hash = caseAddress(this.results, this.state, next);
  }
}

unpack().then((results) => {
  new Page(results);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}).catch((error) => {
  document.getElementById("content").replaceChildren(el("p", { id: "loading" }, `The results can't be read: ${error.message}. The file may be cut, or the browser older than 2023.`));
  document.documentElement.dataset.ready = "failed";
});
