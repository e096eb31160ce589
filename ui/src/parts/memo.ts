// A part that is drawn again only when something it was given is new.
import { Component, type ComponentType, h } from "preact";

export function memo<P extends object>(of: ComponentType<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P) {
      const now = this.props as Record<string, unknown>;
      const after = next as Record<string, unknown>;
      const keys = Object.keys(after);
      return keys.length !== Object.keys(now).length || keys.some((key) => now[key] !== after[key]);
    }
    override render() {
      return h(of, this.props as P & { children?: never });
    }
  };
}
