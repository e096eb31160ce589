// What an agent told, as the core's own tests wrote it down: for tests and the invented agent.
import type { BackupView } from "../bindings/BackupView";
import type { ConsoleNews } from "../bindings/ConsoleNews";
import type { History } from "../bindings/History";
import type { ScheduleView } from "../bindings/ScheduleView";
import past from "./samples/past.json";
import told from "./samples/told.json";

interface Told {
  console: ConsoleNews;
  backups: BackupView[];
  schedules: ScheduleView[];
}

const all = told as unknown as Told;
export const PAST = past as unknown as History;
export const NEWS = all.console;
export const SHELVES = { backups: all.backups, schedules: all.schedules };
