// The ways out of a page, each tried when it is asked for by its name, as a hostile text would that got there as markup.
// Runs inside the window's page. Gives the rule of the page's policy that refused it, what was read, or what was thrown.
const [name, outside = ""] = arguments;

const element = (tag, values) => {
  const made = Object.assign(document.createElement(tag), values);
  document.body.append(made);
  return made;
};
const link = (rel, more) => element("link", { rel, href: outside, ...more });
const read = async (address) => `read ${await (await fetch(address)).text()}`;
const loaded = (frame) => new Promise((done) => frame.addEventListener("load", done));

// What the page's policy has a rule for.
const ruled = {
  fetch: () => read(outside),
  request: () => {
    const request = new XMLHttpRequest();
    request.open("GET", outside);
    request.send();
  },
  socket: () => new WebSocket(outside.replace("http:", "ws:")),
  events: () => new EventSource(outside),
  beacon: () => navigator.sendBeacon(outside, "all I know"),
  ping: () => element("a", { href: "#", ping: outside }).click(),
  image: () => element("img", { src: outside }),
  script: () => element("script", { src: outside }),
  module: () => import(outside),
  inline: () => element("script", { textContent: "document.title = 'mine'" }),
  handler: () => {
    const button = element("button", {});
    button.setAttribute("onclick", "document.title = 'mine'");
    button.click();
  },
  evaluated: () => eval("1"),
  worker: () => new Worker(outside),
  own_worker: () => new Worker(URL.createObjectURL(new Blob([`fetch("${outside}")`]))),
  frame: () => element("iframe", { src: outside }),
  data_frame: () => element("iframe", { src: "data:text/html,hello" }),
  object: () => element("object", { data: outside }),
  embed: () => element("embed", { src: outside }),
  sheet: () => link("stylesheet"),
  style: () => element("style", { textContent: `body { background: url(${outside}) }` }),
  background: () => document.body.style.setProperty("background", `url(${outside})`),
  font: () => {
    document.fonts.add(new FontFace("theirs", `url(${outside})`));
    return document.fonts.load("9px theirs");
  },
  media: () => element("video", { src: outside }),
  preload: () => link("preload", { as: "image" }),
  form: () => element("form", { action: outside, method: "post" }).submit(),
  base: () => element("base", { href: outside }),
  file: () => read("file:///etc/passwd"),
  asset: () => read("asset://localhost/etc/passwd"),
  asset_host: () => read("http://asset.localhost/etc/passwd"),
  own_scheme: () => read("tauri://localhost/../../../etc/passwd"),
};

// What it has none for: the web engine or the window has to refuse.
const unruled = {
  file_frame: async () => {
    const frame = element("iframe", { src: "file:///etc/passwd" });
    await loaded(frame);
    const text = frame.contentDocument?.body?.innerText;
    return text && `read ${text}`;
  },
  prefetch: () => link("prefetch"),
  preconnect: () => link("preconnect"),
  dns: () => link("dns-prefetch"),
  manifest: () => link("manifest"),
  peer: async () => {
    const urls = outside.replace("http://", "turn:").replace(/\/$/, "?transport=tcp");
    const iceServers = [{ urls, username: "x", credential: "x" }];
    const peer = new RTCPeerConnection({ iceServers });
    peer.createDataChannel("x");
    await peer.setLocalDescription(await peer.createOffer());
  },
  window: () => window.open(outside) && "opened",
  target: () => element("a", { href: outside, target: "_blank" }).click(),
  anchor: () => element("a", { href: outside }).click(),
  location: () => location.assign(outside),
  replaced: () => location.replace(outside),
  file_location: () => location.assign("file:///etc/passwd"),
  data_location: () => location.assign("data:text/html,hello"),
  refresh: () => element("meta", { httpEquiv: "refresh", content: `0; url=${outside}` }),
};

if (name === undefined) return { ruled: Object.keys(ruled), unruled: Object.keys(unruled) };

const refused = new Promise((done) => {
  const rule = (event) => done(`refused by ${event.effectiveDirective}`);
  document.addEventListener("securitypolicyviolation", rule, { once: true });
});
const tried = async () => {
  let end = null;
  try {
    end = (await { ...ruled, ...unruled }[name]()) ?? null;
  } catch (error) {
    if (error.name === "SecurityError") return `refused by ${error.name}`;
    end = `${error}`;
  }
  if (typeof end === "string" && end.startsWith("read")) return end;
  // What the page asked for before has arrived where it is decided when this has an answer, which the page may ask for.
  for (let i = 0; i < 3; i++) await __TAURI_INTERNALS__.invoke("watch", { visible: true });
  return end;
};
return Promise.race([refused, tried()]);
