// The form above the matrix.

class Filters {
  /** @param change what to call with the parts of the state that a person changed. */
  constructor(results, change) {
    this.results = results;
    this.change = change;
    this.search = el("input", { type: "search", id: "q", autocomplete: "off", spellcheck: "false", "aria-keyshortcuts": "/", on: { input: () => change({ q: this.search.value }) } });
    const present = new Set(results.json.cases.map((one) => results.verdict(one)));
    this.verdicts = results.verdicts.filter((verdict) => present.has(verdict)).map((verdict) => ({
      verdict, box: el("input", { type: "checkbox", id: `v-${verdict}`, on: { change: () => change({ verdicts: this.checked(this.verdicts, "verdict") }) } }),
    }));
    this.targets = results.targets.map((target) => ({
      index: target.index, target, box: el("input", { type: "checkbox", id: `t-${target.index}`, on: { change: () => change({ targets: this.checked(this.targets, "index") }) } }),
    }));
    const rows = results.rows;
    this.level = this.select("level", unique(rows.map((row) => row.level)), "level");
    this.topic = this.select("topic", unique(rows.map((row) => row.topic)), "topic");
    this.tag = this.select("tag", unique(rows.flatMap((row) => row.tags)), "tag");
    this.sort = el("select", { id: "sort", on: { change: () => change({ sort: this.sort.value }) } },
      Object.entries(sorts).map(([name, words]) => el("option", { value: name }, words)));
    this.differing = el("input", { type: "checkbox", id: "differing", on: { change: () => change({ differing: this.differing.checked }) } });
    this.shown = el("span", { id: "shown" });
    this.chosen = el("span", {}, "all");
    this.form = this.build();
  }

  checked(boxes, key) {
    return new Set(boxes.filter((entry) => entry.box.checked).map((entry) => entry[key]));
  }

  select(id, values, key) {
    return el("select", { id, on: { change: (event) => this.change({ [key]: event.target.value }) } },
      el("option", { value: "" }, "any"), values.map((value) => el("option", { value }, value)));
  }

  build() {
    const field = (label, control) => el("div", { class: "field" }, el("label", { for: control.id }, label), control);
    return el("form", { role: "search", "aria-label": "Filters", class: "filters", on: { submit: (event) => event.preventDefault() } },
      el("div", { class: "fields" },
        el("div", { class: "field wide" }, el("label", { for: "q" }, "search in ids, titles, reasons and replies ", el("kbd", { "aria-hidden": "true" }, "/")), this.search),
        field("level", this.level), field("topic", this.topic), field("tag", this.tag), field("order", this.sort)),
      el("fieldset", {}, el("legend", {}, "verdicts"), this.verdicts.map(({ verdict, box }) => el("span", { class: "choice" }, box,
        el("label", { for: box.id, title: meanings[verdict] }, el("span", { class: `verdict v-${verdict}` }, el("span", { class: "glyph", "aria-hidden": "true" }, glyphs[verdict]), verdict))))),
      this.targets.length > 1 && el("details", {}, el("summary", {}, "targets: ", this.chosen),
        el("fieldset", {}, el("legend", { class: "spoken" }, "targets"), this.targets.map(({ target, box }) => el("span", { class: "choice" }, box, el("label", { for: box.id }, target.name))))),
      this.targets.length > 1 && el("p", { class: "choice" }, this.differing, el("label", { for: "differing" }, "only where targets differ")),
      el("p", { class: "outcome-line" }, this.shown, " ", el("button", { type: "button", id: "reset", on: { click: () => this.change(null) } }, "reset filters")));
  }

  /** Shows what a state says. */
  set(state, entries, targets) {
    if (this.search.value !== state.q) this.search.value = state.q;
    for (const { verdict, box } of this.verdicts) box.checked = state.verdicts.has(verdict);
    for (const { index, box } of this.targets) box.checked = state.targets.has(index);
    this.level.value = state.level;
    this.topic.value = state.topic;
    this.tag.value = state.tag;
    this.sort.value = state.sort;
    this.differing.checked = state.differing;
    this.chosen.textContent = state.targets.size === 0 ? "all" : `${state.targets.size} of ${this.targets.length}`;
    const text = `${count(entries, "variant")} on ${count(targets, "target")} shown`;
    this.shown.textContent = text;
    return text;
  }
}

function unique(values) {
  return [...new Set(values)].filter((value) => value !== "").sort();
}
