// Builds what the site serves: stylesheets, scripts, one icon sprite. The result is committed,
// so nobody needs Node to run the site; two builds of the same sources are byte for byte the same.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = new URL(".", import.meta.url).pathname;
const out = `${here}../platform/countersign/web/static`;

const shared = {
  bundle: true,
  minify: true,
  legalComments: "none",
  absWorkingDir: here,
  logLevel: "warning",
};

async function styles() {
  await build({
    ...shared,
    entryPoints: { ui: "css/index.css", kinds: "css/kinds.css" },
    outdir: `${out}/dist`,
    external: ["*.woff2"],
    target: "chrome123",
  });
}

async function scripts() {
  const { metafile } = await build({
    ...shared,
    entryPoints: { app: "src/app.js", "live-run": "src/live-run.js", editor: "src/editor/index.js", decide: "src/decide.js", review: "src/review.js", prompt: "src/prompt.js", marking: "src/marking.js" },
    outdir: `${out}/dist`,
    format: "esm",
    target: "es2022",
    metafile: true,
  });
  licences(Object.keys(metafile.inputs));
}

// The editor is made of other people's work: their licences go out with it.
function licences(inputs) {
  const packages = inputs.map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  const texts = [...new Set(packages.filter(Boolean))].sort().map((name) => {
    const text = readFileSync(`${here}node_modules/${name}/LICENSE`, "utf8");
    return `${name}\n\n${text.trim()}\n`;
  });
  writeFileSync(`${out}/dist/editor.LICENSE.txt`, texts.join("\n----\n\n"));
}

function icons() {
  const names = readFileSync(`${here}icons.txt`, "utf8").split("\n").filter(Boolean).sort();
  const symbols = names.map((name) => {
    const svg = readFileSync(`${here}node_modules/lucide-static/icons/${name}.svg`, "utf8");
    const shapes = svg
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>[\s\S]*$/, "")
      .replace(/\s*\n\s*/g, "")
      .trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
  writeFileSync(`${out}/icons.svg`, sprite);
}

rmSync(`${out}/dist`, { recursive: true, force: true });
mkdirSync(`${out}/dist`, { recursive: true });
icons();
await Promise.all([styles(), scripts()]);
