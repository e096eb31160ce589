// Serves the built page while the page tests run.
import { type PreviewServer, preview } from "vite";
import type { TestProject } from "vitest/node";

export default async function serve(project: TestProject) {
  const server: PreviewServer = await preview({ preview: { host: "127.0.0.1", port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("the page is not served");
  project.provide("url", url);
  return () => server.close();
}

declare module "vitest" {
  interface ProvidedContext {
    url: string;
  }
}
