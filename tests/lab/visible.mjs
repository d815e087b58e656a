// Whether a text shows a value, however the client wrapped, escaped, coloured or framed it.

const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/g;

// Without colours, white space, frames and backslashes: what is left can be compared.
export const squeeze = (text) => text.replace(ESCAPES, '').replace(/[\s│├╰╭─▶×\\|]+/g, '');

// Lines of a debug log carry a counter, those of npm a prefix: a value may run over several of them.
const PREFIXES = /^(?:\d+ (?:error|notice|verbose|http|warn|silly) |npm (?:ERR!|error|notice|WARN|warn) )/gm;

export function viewer(text) {
  const bare = text.replace(ESCAPES, '');
  const views = [squeeze(bare), squeeze(bare.replace(PREFIXES, '')), squeeze(bare.replace(/%2f/gi, '/'))];
  return (value) => views.some((view) => view.includes(squeeze(value)));
}
