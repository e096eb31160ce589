"""A tray as one writes it in Python: an icon and a menu, with GTK and AppIndicator. A peer for measuring, nothing else."""

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("AyatanaAppIndicator3", "0.1")
from gi.repository import AyatanaAppIndicator3 as AppIndicator
from gi.repository import Gtk

icon = AppIndicator.Indicator.new("peer", "applications-games", AppIndicator.IndicatorCategory.APPLICATION_STATUS)
icon.set_status(AppIndicator.IndicatorStatus.ACTIVE)
menu = Gtk.Menu()
for text in ["Nothing runs", "Open", "Quit"]:
    menu.append(Gtk.MenuItem(label=text))
menu.show_all()
icon.set_menu(menu)
Gtk.main()
