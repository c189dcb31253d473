// Which rows are shown, and in which order.

function shownTargets(results, state) {
  return results.targets.filter((target) => state.targets.size === 0 || state.targets.has(target.index));
}

/** Whether a cell is among those that the filters ask for. */
function cellMatches(results, state, one) {
  return one !== null && (state.verdicts.size === 0 || state.verdicts.has(results.verdict(one)));
}

/** How many different answers and verdicts there are among the targets. */
function disagreement(row, targets) {
  const answers = new Set();
  const verdicts = new Set();
  for (const target of targets) {
    const one = row.cells[target.index];
    if (one === null) continue;
    verdicts.add(one.v);
    if (one.answer !== null) answers.add(one.answer);
  }
  return { answers: Math.max(1, answers.size), verdicts: verdicts.size };
}

function shownRows(results, state) {
  const targets = shownTargets(results, state);
  const words = state.q.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = [];
  for (const row of results.rows) {
    if (state.level && row.level !== state.level) continue;
    if (state.topic && row.topic !== state.topic) continue;
    if (state.tag && !row.tags.includes(state.tag)) continue;
    const cells = targets.map((target) => row.cells[target.index]).filter((one) => cellMatches(results, state, one));
    if (cells.length === 0 || (words.length > 0 && !matches(results, row, cells, words))) continue;
    const differ = disagreement(row, targets);
    if (state.differing && differ.answers < 2 && differ.verdicts < 2) continue;
    found.push({ row, differ, red: cells.filter((one) => results.isRed(one)).length });
  }
  const byName = (a, b) => (a.row.name < b.row.name ? -1 : a.row.name > b.row.name ? 1 : 0);
  const orders = {
    red: (a, b) => b.red - a.red || byName(a, b),
    disagreement: (a, b) => b.differ.answers - a.differ.answers || b.differ.verdicts - a.differ.verdicts || byName(a, b),
    name: byName,
    topic: (a, b) => (a.row.topic < b.row.topic ? -1 : a.row.topic > b.row.topic ? 1 : byName(a, b)),
  };
  return found.sort(orders[state.sort]);
}

/** All words are in the row's own text, or in what one of its cells says. */
function matches(results, row, cells, words) {
  row.words ??= `${row.name}\n${row.title}\n${row.topic}\n${row.tags.join("\n")}`.toLowerCase();
  const left = words.filter((word) => !row.words.includes(word));
  return left.length === 0 || cells.some((one) => {
    const text = results.searched(one);
    return left.every((word) => text.includes(word));
  });
}
