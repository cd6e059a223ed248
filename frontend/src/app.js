// What every page does beyond links and forms. Everything here improves something that works without it.
import { watchClock } from "./clock.js";
import { watchControls } from "./controls.js";
import { watchDrafts } from "./drafts.js";
import { watchKeys } from "./keys.js";
import { watchOrders } from "./order.js";
import { watchPanes } from "./panes.js";
import { watchSteps } from "./steps.js";
import { watchTabs } from "./tabs.js";
import { watchTheme } from "./theme.js";

watchTheme();
watchControls();
watchTabs();
watchKeys();
watchPanes();
watchDrafts(); // before orders: they sort by what was put back
watchOrders();
watchSteps();
watchClock();
