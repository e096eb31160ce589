# Pterotray, English. One file for tray, notifications, command line and window.
# Keep sentences short; name the cause first, then (attribute .next) what to do.

## Conditions

# How a condition is written inside a sentence: small, or the same.
condition-inside = small
condition-running = Running
condition-starting = Starting
condition-stopping = Stopping
condition-offline = Offline
condition-crashed = Crashed
condition-still-stopping = Still stopping
condition-suspended = Suspended
condition-maintenance = Maintenance
condition-installing = Installing
condition-install-failed = Install failed
condition-restoring = Restoring a backup
condition-transferring = Transferring
condition-node-unreachable = Node unreachable
condition-unknown = Unknown

## Power signals

power-start = Start
power-stop = Stop
power-restart = Restart
power-kill = Force stop

## Headline and tooltip

headline-not-set-up = Pterotray is not set up yet
headline-connecting = Connecting…
headline-running = { $running } of { $total } running
headline-no-servers = No servers
headline-crashed = { $name } crashed { $ago }
headline-unknown = { $count } unknown
headline-one = { $name }: { $condition }
headline-changing = { $count } starting or stopping
headline-more = { $count ->
    [one] { $count } server needs a look
   *[other] { $count } servers need a look
}

## Numbers and ages

number-decimal = .
size-of = { $used } of { $limit }
ago-now = just now
ago = { $age } ago

## Menu

menu-server = { $name } — { $what }
menu-server-pending = { $name } — { $what } ({ $pending })
menu-unknown = { $word } ({ $ago })
menu-running-use = { $cpu }, { $memory }
menu-more = { $count ->
    [one] { $count } more…
   *[other] { $count } more…
}
menu-asks-first = { $what }…
menu-sensor = { $sensor } { $value }
menu-copy-address = Copy address
menu-open-in-panel = Open in panel
menu-show = Show
menu-alerts = Alerts
menu-kept-alerts = Alerts…
menu-new-alerts = { $count ->
    [one] { $count } new alert
   *[other] { $count } new alerts
}
menu-pause-alerts = Pause alerts
menu-alerts-paused = Alerts are paused
menu-alerts-paused-for = Alerts are paused ({ $left } left)
menu-pause-hour = For 1 hour
menu-pause-tomorrow = Until tomorrow
menu-pause-until-resumed = Until I resume
menu-resume-alerts = Resume
alert-rule-crashes = Crashes only
alert-rule-every-stop = Every stop
alert-rule-also-back = Also when it comes back
alert-rule-nothing = Nothing
menu-refresh = Refresh now
menu-open = Open Pterotray
menu-settings = Settings…
menu-set-up = Set up a panel…
menu-new-key = Enter a new key…
menu-quit = Quit
menu-demo = Demo: invented servers
pending-start = starting…
pending-stop = stopping…
pending-restart = restarting…
pending-kill = being cut off…
pending-accepted = { $signal } requested
pending-overdue = { $signal } not seen yet

## Notifications

alert-went-down = { $name } went down
    .body = Nobody stopped it from here. It may have crashed.
alert-crashed = { $name } crashed
    .body = Its node did not say why.
alert-crashed-restarting = { $name } crashed and is restarting
    .body = Its node starts it again.
alert-meanwhile = { $name }: changed meanwhile
alert-meanwhile-everywhere = Changed meanwhile
alert-meanwhile-down = { $count ->
    [one] { $names } went down.
   *[other] { $count } servers went down: { $names }.
}
alert-meanwhile-up = { $count ->
    [one] { $names } came up.
   *[other] { $count } servers came up: { $names }.
}
alert-names-more = { $count ->
    [one] { $names } and { $count } more
   *[other] { $names } and { $count } more
}
cause-exit-code = exit code { $code }
cause-out-of-memory = out of memory
alert-exit-code = Exit code { $code }.
alert-exit-code-out-of-memory = Exit code { $code }, out of memory.
alert-out-of-memory = Out of memory.
alert-was-stopped = { $name } was stopped
    .body = Not from here.
alert-stopped-by = By { $actor }, from the panel.
alert-stopped-by-api = By { $actor }, with an API key.
alert-times = { $count ->
    [2] Second time in 10 minutes.
    [3] Third time in 10 minutes.
   *[other] { $count } times in 10 minutes.
}
alert-unstable = { $name } is still unstable
alert-unstable-times = { $count ->
    [one] It went down once more.
   *[other] It went down { $count } more times.
}
alert-unstable-up = It is up now.
alert-unstable-down = It is down now.
alert-stop-hangs = { $name } is still stopping after { $seconds } s
    .body = Give it time, or force it to stop.
alert-came-back = { $name } is running again
    .body = It was down for { $duration }.
alert-together-crashed = { $count ->
    [one] { $count } server crashed
   *[other] { $count } servers crashed
}
alert-together-crashed-restarting = { $count ->
    [one] { $count } server crashed and is restarting
   *[other] { $count } servers crashed and are restarting
}
alert-together-stopped = { $count ->
    [one] { $count } server was stopped
   *[other] { $count } servers were stopped
}
alert-together-went-down = { $count ->
    [one] { $count } server went down
   *[other] { $count } servers went down
}
alert-together-back = { $count ->
    [one] { $count } server is running again
   *[other] All { $count } servers are running again
}
    .body = They were down for { $duration }.
alert-panel-away = { $name } is unreachable
alert-node-away = Node { $name } is unreachable
alert-servers-unknown = { $count ->
    [one] { $count } server unknown.
   *[other] { $count } servers unknown.
}
alert-answers-again = { $name } answers again
    .body = It was away for { $duration }.
alert-node-answers-again = Node { $name } answers again
alert-above-cpu = { $name } uses much CPU
alert-above-memory = { $name } uses much memory
alert-above-disk = { $name } uses much disk space
alert-above-several = { $name } uses much of what it may
alert-above-limit = { $percent } % of its limit, for { $minutes } min
alert-above-core = { $percent } % of one core, for { $minutes } min
alert-measure-cpu = CPU
alert-measure-memory = Memory
alert-measure-disk = Disk space
alert-held-paused = While alerts were paused
alert-held-quiet-hours = During the quiet hours
alert-held-back = { $count ->
    [one] { $names } went down and is up again.
   *[other] { $count } servers went down and are up again: { $names }.
}
alert-held-away = { $count ->
    [one] { $names } did not answer.
   *[other] { $count } did not answer: { $names }.
}
alert-held-others = { $count ->
    [one] { $count } more alert.
   *[other] { $count } more alerts.
}
alert-action-failed-start = { $name } did not start
alert-action-failed-stop = { $name } did not stop
alert-action-failed-restart = { $name } did not restart
alert-action-failed-kill = { $name } was not stopped
alert-action-unseen-body = The panel took the signal, but the server did not follow. Look at its console.
alert-already-up = { $name } is already up
    .body = Nothing was done.
alert-not-done = { $name }: nothing was done
alert-too-old = That alert is too old. See how the server is now.
alert-moved-on = The server has changed since that alert. See how it is now.
alert-gone = It is not on the panel any more.
alert-key-refused = { $name } refuses the key
alert-notice = Pterotray
notification-no-buttons = Use the tray menu to act.
button-console = Console
button-force-stop = Force stop…
button-show = Show
button-restart = Restart
button-start = Start
button-try-again = Try again
button-new-key = Enter a new key
button-open = Open

## Problems: what is wrong, and what to do

problem-no-address = No address was entered.
    .next = Enter it as your browser shows it, for example https://panel.example.com.
problem-bad-address = This is not an address of a panel.
    .next = Enter it as your browser shows it, for example https://panel.example.com.
problem-wrong-scheme = A panel's address begins with https://{ $has-detail ->
    [yes] , not with { $detail }://.
   *[no] .
}
    .next = Enter it as your browser shows it, for example https://panel.example.com.
problem-address-with-password = There is a user name or password in the address.
    .next = Leave it out: the API key is all that is needed.
problem-unencrypted = This address is not encrypted: anybody on the way can read your key.
    .next = Use https if the panel has it. The key was not sent.
problem-no-key = No key was entered.
    .next = Copy one from your panel: Account → API Credentials.
problem-bad-key = This key is broken: it holds characters that no key has.
    .next = Copy the whole key from your panel, one line: Account → API Credentials.
problem-dns = The host name is not known.
    .next = Check the spelling of the address, and that you are online.
problem-refused = Nothing answers at this address.
    .next = Check the address and the port, and whether the panel is running.
problem-timed-out = The panel did not answer in time.
    .next = Check your connection. Pterotray keeps trying.
    .trial = Check the address and your connection, then try again.
problem-certificate-expired = The panel's certificate has run out, or is not valid yet.
    .next = Check this computer's clock. If it is right, the certificate has to be renewed.
problem-certificate-unknown = The panel's certificate comes from nobody this computer knows.
    .next = Ask whoever runs the panel. One of your own can be trusted for this panel alone.
problem-certificate-wrong-name = The panel's certificate is for another name.
    .next = Enter the name that the certificate is for.
problem-certificate-changed = The panel's certificate is not the one that was trusted.
    .next = Ask whoever runs the panel whether it was changed. If so, trust the new one.
problem-bad-trust = This is no certificate or fingerprint that can be trusted.
    .next = Choose the authority's certificate as a PEM file, or give all 64 digits of the SHA-256 fingerprint.
problem-not-tls = This port does not speak https.
    .next = Check the port. If the panel really has no https, begin the address with http://.
problem-tls = A safe connection to the panel is not possible{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Ask whoever runs the panel to look at its certificate.
problem-connection = The connection to the panel broke.
    .next = Check your connection. Pterotray keeps trying.
    .trial = Check your connection, then try again.
problem-web-page = A web page answered instead of the panel{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Check the address: it must be the panel's own, without a page or folder behind it.
problem-login-wall = A log-in page stands in front of the panel.
    .next = Ask whoever runs the panel to let /api through without the extra log-in.
problem-challenge = A protection service wants to see a browser.
    .next = Ask whoever runs the panel to let /api through without the browser check.
problem-captive-portal = Your network asks for a log-in first.
    .next = Open a web page in your browser, log in there, and try again.
problem-calagopus = This is a Calagopus panel, which speaks another API.
    .next = Pterotray works with Pterodactyl and Pelican panels.
problem-not-a-panel = Something answered that is not a panel.
    .next = Check the address: open it in your browser, the panel's log-in page must appear.
problem-redirect = The panel has moved{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Enter the new address in the settings.
    .trial = If that is your panel, enter that address instead. The key was not sent there.
problem-downgrade = The address sends on to one that is not encrypted{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Ask whoever runs the panel to keep it on https. The key was not sent there.
problem-redirect-loop = The address sends around in circles.
    .next = Open the panel in your browser, and enter the address that stands there then.
problem-key-rejected = The panel refuses the key.
    .next = Make a new key in your panel (Account → API Credentials) and enter it.
problem-application-key = This is an application key; Pterotray needs an account key.
    .next = Make one in your panel: Account → API Credentials. It usually starts with ptlc_ or pacc_.
problem-ip-not-allowed = The key may not be used from this address{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Add the address to the key's allowed IPs in your panel, or make a key without that limit.
problem-two-factor = The panel asks for two-factor authentication.
    .next = Switch it on in your account on the panel; the key then works.
problem-key-restricted = The key may not list servers{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Make one in your panel that may: Account → API Credentials.
problem-forbidden = You are not permitted to do this on this server.
    .next = Ask the server's owner for the permission.
problem-not-found = The panel does not know this server, or hides it from you.
    .next = Look whether it still exists on the panel.
problem-conflict = The server is busy{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Wait until it is ready.
problem-node-unreachable = The panel cannot reach the server's node.
    .next = If it lasts, tell whoever runs the node.
problem-node-error = The node answered with an error{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = If it lasts, tell whoever runs the node.
problem-rate-limited = The panel asks for fewer requests{ $has-detail ->
    [yes] : wait { $detail }.
   *[no] .
}
    .next = Pterotray waits and goes on by itself.
    .trial = Wait a minute, then try again.
problem-panel-maintenance = The panel is in maintenance.
    .next = Pterotray goes on when it is back.
    .trial = Try again when it is back.
problem-panel-refused = The panel refused{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Look at the server on the panel.
problem-panel-broken = The panel failed{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Pterotray keeps trying. If it lasts, tell whoever runs the panel.
    .trial = Try again. If it lasts, tell whoever runs the panel.
problem-unreadable = The panel's answer could not be read{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Pterotray keeps trying. If it lasts, the panel may be of an unknown version.
    .trial = Check the address. If it is right, the panel may be of an unknown version.
problem-unknown-state = The panel reports a state that Pterotray does not know{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Look at the server on the panel.
problem-not-observed = The panel took the signal, but the server did not follow.
    .next = Look at its console on the panel.
problem-no-servers = The key is good, but it leads to no servers.
    .next = Check that you used the right account, or ask the owner to add you.
problem-list-broken = The panel cannot list its servers, but still answers about each.
    .next = New and removed servers do not show until it can. Look into the panel's log, or tell its owner.
problem-key-missing = No key is stored for this panel.
    .next = Enter the key again.
problem-keyring-missing = There is no keyring to keep the key in.
    .next = Start a keyring (GNOME Keyring, KWallet, KeePassXC), or choose to keep the key until you quit or in a file only you can read.
problem-keyring-locked = The keyring is locked or denied access.
    .next = Unlock it and try again, or keep the key until you quit or in a file only you can read.
problem-keyring-failed = The keyring failed{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Try again, or keep the key until you quit or in a file only you can read.
problem-keyring-silent = The keyring does not answer.
    .next = It may be asking for its password in another window: look for it. Or keep the key until you quit or in a file only you can read.
problem-settings-broken = The settings file could not be read; it is kept{ $has-detail ->
    [yes] {" "}as { $detail }.
   *[no] .
}
    .next = Nothing is lost: mend that file and put it back, or set up Pterotray again.
problem-settings-unsaved = The settings could not be saved{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Check that the disk is not full and the folder is yours. The settings hold until you quit.
problem-no-tray = Your desktop shows no tray icons.
    .next = On GNOME, install the AppIndicator extension. Until then this window shows everything.
problem-no-session-bus = There is no session bus, so no tray icon, no notifications and no keyring.
    .next = Start Pterotray from your desktop session, or use its command line.
problem-window-missing = The window could not be opened{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Install pterotray-window beside pterotray, and a display to show it on.
problem-window-crashed = The window ended by itself{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Open it again: nothing is lost. If it happens again, window.log in the log folder may say why.
problem-no-notifications = Notifications cannot be shown.
    .next = Start a notification service. The tray shows everything until then.
problem-no-clipboard = Nothing was copied.
    .next = The server's page in the window shows its address: select it there.
problem-no-browser = No browser opened the page.
    .next = Choose a default browser in your system's settings, or open your panel yourself.
problem-new-version = There is a new version of Pterotray{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Get it where you got this one. You are told once.
problem-not-set-up = No panel is set up.
    .next = Open Pterotray and enter your panel's address and key.
problem-no-such-server = There is no such server.
    .next = pterotray status lists them.
problem-not-now = This is not possible now.
    .next = Look at the server's condition.

## Command line

cli-yes = y yes
cli-column-server = Server
cli-column-condition = Condition
cli-column-cpu = CPU
cli-column-memory = Memory
cli-column-uptime = Up
cli-column-address = Address
cli-no-such-server = There is no server “{ $name }”. pterotray status lists them.
cli-ambiguous = “{ $name }” may be any of these; say which:
cli-no-such-panel = There is no panel “{ $name }”. These are set up: { $names }
cli-accepted = { $name }: { $signal } requested.
cli-reached = { $name }: { $condition }
cli-failed = { $name }: { $reason }
cli-not-reached = { $name } is still { $condition } after { $minutes } minutes.
cli-kill-ask = Force stop may damage the files of { $names }. Go on? [y/N]
cli-nothing-done = Nothing was done.
cli-kill-off = Force stop is switched off. Allow it in the settings; it may damage files.
cli-kill-needs-yes = Force stop may damage files. Nobody can be asked here: add --yes if you are sure.
cli-not-set-up = No panel is set up. Start pterotray and enter your panel's address and key, use pterotray panel add, or set PTEROTRAY_URL and PTEROTRAY_API_KEY.
cli-not-running = Pterotray is not running. Start it with: pterotray
cli-other-version = The running Pterotray is of another version ({ $version }). End it with pterotray quit, then start it again.
cli-agent-silent = The running Pterotray does not answer. If that lasts, end its process and start it again.
cli-agent-gone = The running Pterotray has ended, or sent this command away. Try it again.
cli-agent-stays = The running Pterotray was asked to end and does not. If that lasts, end its process.
cli-agent-socket = The running Pterotray cannot be talked to: { $reason }
cli-environment-no-key = PTEROTRAY_URL is set but PTEROTRAY_API_KEY is not; set both or neither.
cli-environment-no-url = PTEROTRAY_API_KEY is set but PTEROTRAY_URL is not; set both or neither.
cli-environment-two-trusts = PTEROTRAY_CA and PTEROTRAY_FINGERPRINT are both set; set one of them.
cli-environment-not-text = { $name } is no text (UTF-8).
cli-environment-unreadable = The file in PTEROTRAY_CA cannot be read: { $name }: { $reason }
cli-already-running = Pterotray is running already.
cli-unfinished = Not everything answered in time.
cli-looking = Asking the panels…
cli-looking-count = Asking the panels… { $done } of { $all }
cli-watching = Watching. Press Ctrl-C to stop.
cli-watch-condition = { $time }  { $name }: { $from } → { $to }
cli-watch-cause = { $time }  { $name }: { $from } → { $to } ({ $cause })
cli-watch-problem = { $time }  { $name }: { $to }
cli-watch-alert = { $time }  ! { $what }
cli-watch-well = all is well again
cli-console-typing = Console of { $name }. What you type is sent to the server; Ctrl-C leaves.
cli-console-anew = The node tells its last lines once more:
cli-console-left-out = { $count ->
    [one] 1 line was
   *[other] { $count } lines were
    } left out here.
cli-console-connecting = The connection to the node is gone; trying again…
cli-console-failed = The node cannot be reached: { $why }. Trying again…
cli-panel-key = API key (it is not shown):
cli-panel-trying = Trying the panel…
cli-panel-added = Added { $url }: { $count ->
        [one] 1 server.
       *[other] { $count } servers.
    }
cli-panel-removed = { $name } is removed, its key forgotten.
cli-panel-remove-ask = Remove { $name } and forget its key? [y/N]
cli-panel-needs-yes = Nobody can be asked here: add --yes if you are sure.
cli-panel-of-environment = This panel comes from PTEROTRAY_URL and PTEROTRAY_API_KEY. Unset them to be rid of it.
cli-panel-until-quit = Pterotray does not run, so there is nothing that could keep the key until it quits. Start it first, or say --keep-key keyring or --keep-key file.
cli-panel-elsewhere = The key was not kept. Say --keep-key file for a file that only you can read, or --keep-key until-quit for the memory of the running Pterotray.
cli-panel-unencrypted = If it has to be: --unencrypted sends the key all the same.
cli-panel-unencrypted-ask = Send the key all the same? [y/N]
cli-panel-trust-ask = Its fingerprint is { $sha256 }. Trust exactly this certificate, for this panel only? [y/N]
cli-panel-fingerprint = If this is the panel's certificate, trust it for this panel only with: --fingerprint { $sha256 }
cli-key-keyring = key in the keyring
cli-key-file = key in a file of yours
cli-key-until-quit = key kept until quit
cli-key-environment = from the environment
cli-reset-ask = Remove all panels, keys, settings and logs of Pterotray from this computer? Your servers are not touched. [y/N]
cli-reset-needs-yes = This removes all panels, keys, settings and logs. Nobody can be asked here: add --yes if you are sure.
cli-reset-key-left = Nothing else was removed, because the key of { $name } is still in the keyring: { $reason }
cli-reset-keys-left = Nothing else was removed, because the settings could not be read and keys are still in the keyring: { $reason }
cli-reset-keys-unknown = The settings could not all be read: keys of this profile may be left in the keyring. Look there for entries that begin with “Pterotray”.
cli-reset-done = Everything Pterotray kept on this computer is removed.
cli-demo = The demo is running, with invented servers. To end it: pterotray quit --profile { $profile }
cli-usage-no-such-command = There is no command “{ $command }”.
cli-usage-no-command = There has to be a command behind “{ $command }”.
cli-usage-no-such-option = There is no option “{ $argument }” here.
cli-usage-too-much = “{ $argument }” is one word too many.
cli-usage-no-value = { $argument } needs a value behind it.
cli-usage-wrong-value = “{ $value }” is no value for { $argument }.
cli-usage-unwanted-value = { $argument } takes no value, and “{ $value }” is one.
cli-usage-twice = { $argument } stands there twice.
cli-usage-together = { $argument } and { $other } exclude each other.
cli-usage-missing = Something is missing: { $argument }
cli-usage-not-text = One of the words is no text (UTF-8).
cli-usage-wrong = These words cannot be made sense of.
cli-usage-possible = Possible: { $names }
cli-usage-similar = Is this meant: { $names }?
cli-usage-help = { $help } says more.
cli-doctor-agent = Agent: running
cli-doctor-no-agent = Agent: not running; looked without it
cli-doctor-address = Panel { $number } is { $name } at { $url }
cli-no-home = There is no home folder. Name a folder with --profile DIR.
cli-no-log = No log is written: { $reason }
cli-no-socket = There can be no socket in { $folder }
cli-no-demo = The demo cannot be set up
cli-internal-error = Internal error; please report it with this place:

## Help on the command line: a command's key is its name, an attribute is an argument. The English is word for word that of
## crates/command-line; a test compares them.

help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-any-options = OPTIONS
help-values = possible values
help-each-value = Possible values
help-default = default
help-value-command = COMMAND
help-value-dir = DIR
help-value-file = FILE
help-value-name = NAME
help-value-page = PAGE
help-value-place = PLACE
help-value-server = SERVER
help-value-sha256 = SHA256
help-value-url = URL

help = Pterodactyl and Pelican game servers in the system tray
    .more = Without a command: shows the tray icon and keeps watch until it is told to quit. Started a second time, it brings up the window of the first.
    .after =
        Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such server (or several), 4 panel unreachable,
        5 key refused, 6 refused by the panel (permission, or the server is busy).

        Environment: PTEROTRAY_URL and PTEROTRAY_API_KEY give a panel without any set-up, PTEROTRAY_CA or
        PTEROTRAY_FINGERPRINT whom to trust for it, PTEROTRAY_PROFILE a profile folder, PTEROTRAY_LOG the log's level, NO_COLOR text without colour.
    .hidden = Show no window at the start, as when started at login
    .profile = Keep settings, logs and socket in this folder [env: PTEROTRAY_PROFILE]
    .help = Print help
    .help-short = Print help (see more with '--help')
    .help-long = Print help (see a summary with '-h')
    .version = Print version
help-help = Print this message or the help of the given subcommand(s)
help-status = Show how all servers are
    .json = Print one JSON object for programs
    .panel = Only this panel
help-watch = Tell every change as it happens, one line each, until stopped with Ctrl-C
    .json = Print one JSON object a line for programs
    .panel = { help-status.panel }
help-console = Read along at a server's console, and send it what you type, until stopped with Ctrl-C
    .server = The server: name, beginning of a name, short id or uuid
    .json = { help-watch.json }
    .panel = Only a server of this panel
help-start = Start servers
    .servers = Name, beginning of a name, short id or uuid
    .wait = Wait until it shows: up to 2 minutes, 10 for a stop
    .panel = Only servers of this panel
help-stop = Stop servers
    .servers = { help-start.servers }
    .wait = { help-start.wait }
    .panel = { help-start.panel }
help-restart = Restart servers
    .servers = { help-start.servers }
    .wait = { help-start.wait }
    .panel = { help-start.panel }
help-kill = Force servers to stop at once; may damage their files
    .servers = { help-start.servers }
    .wait = { help-start.wait }
    .panel = { help-start.panel }
    .yes = Do not ask whether this is meant
help-panel = Add, list and remove panels
help-panel-add = Add a panel, or give one a new key; it is tried before anything is kept
    .more = The API key is asked for without showing it, or read from the first line of the standard input.
    .url = The panel's address, as in the browser
    .name = What to call it; its host name, unless you say
    .key-stdin = Read the key from the standard input, as when it is no terminal
    .keep-key = Where to keep the key: the keyring, or where the replaced one was, unless you say
    .keep-key-keyring = The system's keyring
    .keep-key-file = A file that only you can read, and every program you start
    .keep-key-until-quit = The memory of the running Pterotray, until it quits
    .replace = Replace address and key of the panel that has this name or address
    .fingerprint = Trust exactly the certificate with this SHA-256 fingerprint, for this panel only
    .ca = Trust the authority in this PEM file, for this panel only
    .unencrypted = Send the key over plain http, where anybody on the way can read it
    .show-others = Show the servers of others too, as administrators of the panel may
help-panel-list = List the panels
    .json = { help-status.json }
help-panel-remove = Remove a panel with its key and all that is known of it
    .name = The panel's name or address, as `pterotray panel list` shows them
    .yes = { help-kill.yes }
help-show = Bring up the window; starts Pterotray for it where none runs and there is a display
    .server = The server to show: name, beginning of a name, short id or uuid
    .page = The page to show
    .page-servers = All servers
    .page-settings = The settings
    .page-welcome = Add a panel
    .panel = { help-console.panel }
help-doctor = Find out what works and what does not; names no host, server or key
    .json = { help-status.json }
    .addresses = Name panels, hosts and folders, too
help-reset = Remove everything that Pterotray keeps: panels, keys, settings, logs, the start at login
    .yes = { help-kill.yes }
help-quit = End the running Pterotray
help-demo = Try Pterotray with invented servers; touches nothing of yours
    .hidden = Show no window at the start

## The report. A word among its values has the key of its letters.

report-title = Pterotray { $version }
report-title-demo = Pterotray { $version }, demo
report-system = System: { $system }
report-state = State: { $state }
report-settings = Settings: a look every { $seconds } s, live updates: { $live }, { $pinned } pinned, { $hidden } hidden
report-notice = Notice: { $what }
report-panel = Panel { $number }: { $how }
report-own-trust = with a trust of its own
report-no-key = no key
report-key-environment = key from the environment
report-answers = answers
report-answers-not = does not answer
report-problem = problem: { $what }
report-latency = answered in: { $what } ms
report-budget = requests left this minute: { $left } of { $of }
report-servers = servers: { $what }
report-conditions = conditions: { $what }
report-problems = problems: { $what }
report-read-by = read by: { $what }
report-live-sockets = live sockets: { $what }
report-oldest = oldest reading: { $what } s
report-tray = Tray: { $what }
report-notifications = Notifications: { $what }
report-keyring = Keyring: { $what }
report-start-at-login = Starts at login: { $what }
report-environment = Panel in the environment: { $what }
report-log = Log: { $folder } (level { $level })
report-yes = yes
report-no = no
report-word-needs-you = needs you
report-word-problem = problem
report-word-unreachable = unreachable
report-word-transition = in transition
report-word-all-fine = all fine
report-word-nothing-running = nothing running
report-word-connecting = connecting
report-word-open = open
report-word-failed = failed
report-word-another-reason = another reason
report-word-live-socket = live socket
report-word-poll = poll
report-word-list = list
report-word-does-not-answer = does not answer
report-word-of-the-system = of the system
report-word-no-session-bus = no session bus
report-word-there-is-a-host = there is a host
report-word-a-watcher-but-no-host-that-shows-icons = a watcher, but no host that shows icons
report-word-nobody-shows-tray-icons = nobody shows tray icons
report-word-there-is-no-server = there is no server
report-word-answers = answers
report-word-there-is-none = there is none
report-word-locked = locked
report-word-fails = fails
report-word-in-the-profile-that-was-named = in the profile that was named

## Why there are no live updates: keys by the letters of the client's reasons; in the report, the console and the window

not-live-live-updates-were-switched-off = live updates were switched off
not-live-the-panel-s-token-belongs-to-another-server = the panel's token belongs to another server
not-live-the-node-does-not-accept-the-panel-s-token = the node does not accept the panel's token
not-live-the-node-does-not-answer-the-panel-s-token = the node does not answer the panel's token
not-live-the-node-asks-for-fewer-attempts = the node asks for fewer attempts
not-live-the-panel-gives-no-token-for-live-updates = the panel gives no token for live updates
not-live-the-panel-gives-no-usable-address-for-live-updates = the panel gives no usable address for live updates
not-live-the-node-refuses-one-token-of-the-panel-after-the-other = the node refuses one token of the panel after the other
not-live-the-node-closed-the-connection = the node closed the connection
not-live-access-to-the-server-has-ended-or-changed = access to the server has ended or changed
not-live-the-connection-to-the-node-broke-off = the connection to the node broke off
not-live-the-node-has-fallen-silent = the node has fallen silent
not-live-the-server-s-node-cannot-be-reached-from-here = the server's node cannot be reached from here
not-live-the-network-s-proxy-does-not-connect-to-the-server-s-node = the network's proxy does not connect to the server's node
not-live-the-server-s-node-only-accepts-visitors-of-the-panel-s-main-address = the server's node only accepts visitors of the panel's main address
not-live-the-server-s-node-does-not-know-the-server = the server's node does not know the server
not-live-the-server-s-node-refused-the-connection = the server's node refused the connection

## Window

window-servers = Servers
window-settings = Settings
window-alerts = Alerts
window-unread = { $count } new
window-no-alerts = No alerts yet
    .what = When a server stops or crashes, it is kept here.
window-alert-new = New
window-ago = { $duration } ago
window-silent-own = not shown: asked for from here
window-silent-restarted = not shown: it was restarted
window-silent-rule = not shown: its rule leaves it out
window-silent-not-missed = not shown: nobody was told that it was down
window-silent-over = not shown: it was over
window-silent-paused = not shown: alerts were paused
window-silent-quiet-hours = not shown: quiet hours
window-silent-flapping = not shown: it goes up and down
window-silent-away = not shown: its panel or node was away
window-silent-together = shown together with others
window-pause = Pause alerts:
window-pause-hour = 1 hour
window-pause-tomorrow = Until tomorrow
window-pause-until-resumed = Until I resume
window-paused = Alerts are paused
    .what = What happens meanwhile is kept here; one summary comes at the end.
window-paused-for = Alerts are paused for { $duration }
window-resume = Resume now
window-rule = Tell me of
    .hint = Each server may have a rule of its own, in its menu.
window-rule-crashes = Crashes only
window-rule-every-stop = Every stop
window-rule-also-back = Also when it comes back
window-rule-nothing = Nothing
window-own-rule-none = Alerts as in the settings
window-own-rule-crashes = Alerts: crashes only
window-own-rule-every-stop = Alerts: every stop
window-own-rule-also-back = Alerts: also when it comes back
window-own-rule-nothing = Alerts: none
window-quiet = Quiet hours
    .hint = Alerts are kept silent then; one summary comes at the end.
window-quiet-from = From
window-quiet-to = to
window-thresholds = Tell me when a server uses much
    .hint = In percent of the limit.
window-threshold-cpu = CPU above
window-threshold-memory = Memory above
window-threshold-disk = Disk above
window-threshold-minutes = For at least (minutes)
window-pages = Pages
window-demo = Demo
    .what = These servers are invented. Nothing here touches a real panel.
window-dismiss = Dismiss
window-cancel = Cancel
window-refresh = Refresh
window-headline-more = { $count ->
    [one] { $count } needs a look
   *[other] { $count } need a look
}
window-notices = Notices
window-version = Pterotray { $version }
window-about = About
    .licence = Free software: MIT or Apache-2.0, as you like.
window-about-settings = Settings file
window-about-logs = Folder of the log
window-about-project = Project page
window-about-report = Report a problem
    .hint = Opens the project's page in your browser. The report above helps: it names no key and no address.

window-link-connecting = Looking for Pterotray…
window-link-away = Pterotray is not running
    .next = Nothing is watched until it runs again.
window-link-start = Start Pterotray
window-link-starting = Starting…
window-link-start-failed = Pterotray could not be started: { $detail }
window-link-older-agent = The running Pterotray is older than this window
    .next = Quit it from the tray and start it again. If that does not help, install both parts again.
window-link-older-window = This window is older than the running Pterotray
    .next = Close this window and install both parts again.
window-not-delivered = Pterotray did not get this. Is it running?

window-welcome = Welcome to Pterotray
    .what = See your game servers in the tray, hear when one stops, and start it again with one click.
window-add-panel = Add a panel
    .what = Any Pterodactyl or Pelican panel that you have an account on.
window-new-key = New key for { $name }
    .what = Its servers and settings stay; only address and key are replaced.
window-try-demo = Only looking? The demo shows an evening of invented servers, in a window of its own.
window-demo-start = Try the demo
window-demo-started = The demo is starting…
window-demo-failed = The demo could not be started: { $detail }
window-step = Step { $number }
window-step-address = Your panel’s address
    .hint = As your browser shows it, for example https://panel.example.com
window-step-key = Your API key
    .hint = Starts with ptlc_ or pacc_. It goes straight to Pterotray and is not kept in this window.
window-key-show = Show the key
window-key-where = Where do I get a key?
    .sign-in = Sign in to your panel in the browser.
    .menu = Open your account (your name or picture) and go to API Credentials, or API Keys on Pelican.
    .create = Create a key: any description will do, and the allowed IPs may stay empty.
    .copy = Copy it at once. The panel shows it only this one time.
window-test = Test
window-trust = Its fingerprint (SHA-256)
    .what = Compare it with the one that whoever runs the panel gives you. If it is the same, nobody stands in between.
window-trust-button = Trust only this certificate, for this panel only
window-trust-authority = Trust an authority of your own
    .hint = Its certificate, a PEM file. It counts for this panel and its nodes only.
window-trust-file = Certificate file
window-trust-usual = Trust as usual
window-trust-too-large = This file is too large for a certificate.
window-send-unencrypted = Send the key all the same
window-testing = Testing…
window-step-found = Connected
window-found-user = Signed in as { $name }
window-found-servers = { $count ->
    [one] { $count } server
   *[other] { $count } servers
}
window-found-more = and { $count } more
window-found-others = You are an administrator: you may see everybody's servers.
window-found-unencrypted = This address is not encrypted
    .next = Your key and everything else travel readable. Use https if the panel offers it.
window-found-at = Address: { $url }
window-name = Name
    .hint = What to call this panel. Empty takes its host name.
window-keep-where = Where to keep the key
window-keep-keyring = In the system’s keyring
    .hint = Protected by your log-in.
window-keep-until-quit = Only until I quit Pterotray
    .hint = You enter it again after each start.
window-keep-file = In a file that only I can read
    .hint = Not encrypted. Anyone who can act as you on this computer can read it.
window-keep-usual = The key goes into the system’s keyring.
window-save = Save
window-saving = Saving…
window-back = Change address or key

window-others-shown = The servers of others are shown from now on.
window-connecting = Waiting for the first answer…
window-new-key-button = Enter a new key
window-new-address-button = Change the address
window-certificate-button = Look at its certificate
window-power-of = Power of { $name }
window-sensors-of = Sensors of { $name }
window-age-read = Read { $age } ago
window-asked = Asking for: { $signal }…
window-requested = { $signal } requested…
window-overdue = { $signal } not seen yet
window-result-done = { $name }: { $signal } requested
window-result-failed = { $name }: { $problem }
window-changed = { $name }: { $condition }
window-problem-new = { $name }: { $what }
window-panel-back = { $name } answers again
window-changed-many = { $count } servers changed
window-kill-ask = Force stop { $name }?
    .what = The server is cut off at once, without saving. Its files may be damaged and the newest progress lost.
    .instead = Try Stop first, if you have not.
window-stop-ask = Stop { $name }?
    .what = Everybody who plays there is thrown out.
window-restart-ask = Restart { $name }?
    .what = Everybody who plays there is thrown out until it is up again.
window-start-ask = Start { $name }?
    .what = It comes up as it was.
window-in-vain = { $signal } is not possible now
    .next = The server is: { $condition }. Nothing was sent.
window-missing = The server is not in the list
    .next = It was deleted, or its panel does not show it now. Nothing was sent.
window-pin = Pin { $name }
    .off = Pin: shown and watched first
    .on = Pinned: shown and watched first

window-search = Search name, node or address
window-filter = Show
window-filter-all = All
window-filter-problems = Problems
window-filter-running = Running
window-filter-pinned = Pinned
window-filter-panel = Panel
window-filter-every-panel = All panels
window-nothing-found = No server fits this search.
window-show-all = Show all
window-more-of = More for { $name }
window-details = Details
window-opened = Opened in the browser.
window-pinned = Pinned
window-move-up = Move up
window-move-down = Move down
window-moved = Moved.
window-hide = Hide
window-hidden-done = Hidden. It stands at the end of the list.
window-hidden = Hidden ({ $count })
window-unhide = Show again
window-unhidden = { $name } is shown again.
window-spark = { $sensor } in the last half hour: { $least } to { $most }
window-select = Select
window-select-one = Select { $name }
window-select-all = Select all shown
window-selected = { $count } selected
window-done = Done
window-bulk = What to do with the selected servers
window-bulk-sent = { $signal } requested for { $count ->
    [one] { $count } server
   *[other] { $count } servers
}
window-bulk-start-ask = Start { $count ->
    [one] { $count } server?
   *[other] { $count } servers?
}
window-bulk-restart-ask = Restart { $count ->
    [one] { $count } server?
   *[other] { $count } servers?
}
window-bulk-stop-ask = Stop { $count ->
    [one] { $count } server?
   *[other] { $count } servers?
}
window-bulk-not = { $count ->
    [one] For { $count } selected server this is not possible now; it is left alone.
   *[other] For { $count } selected servers this is not possible now; they are left alone.
}
window-copied = Copied.
window-live-mark = live
    .what = Live updates: every change shows at once.
window-of = { $used } of { $limit }
window-level-high = high
window-level-full = nearly full

sensor-cpu-utilization = CPU
sensor-memory-usage = Memory
sensor-disk-usage = Disk
sensor-uptime = Uptime
sensor-cpu-limit = CPU limit
sensor-memory-limit = Memory limit
sensor-disk-limit = Disk limit
sensor-network-inbound = Received
sensor-network-outbound = Sent

window-unit-bytes = { $number } B
window-unit-kib = { $number } KiB
window-unit-mib = { $number } MiB
window-unit-gib = { $number } GiB
window-unit-tib = { $number } TiB
window-unit-percent = { $number } %
window-unit-days = { $days } d { $hours } h
window-unit-hours = { $hours } h { $minutes } min
window-unit-minutes = { $minutes } min
window-unit-seconds = { $seconds } s

window-panels = Panels
window-panel-name = Name of the panel
window-key-none = No key is set.
window-key-set = Key set, ends in …{ $ends }
window-place-keyring = kept in the keyring
window-place-until-quit = kept until you quit
window-place-file = kept in a file only you can read
window-place-environment = given by the environment
window-show-others = Show the servers of others
    .hint = For administrators of the panel.
window-replace-key = Replace key…
window-remove-key = Remove key
window-own-trust-certificate = Trusts exactly one certificate: { $sha256 }
window-own-trust-authority = Trusts an authority of your own.
window-distrust = Trust as usual again…
window-distrust-ask = Trust the panel { $name } as usual again?
    .what = If its certificate is not known to this computer, it is not reached any more until you trust it again.
window-distrusted = Trusted as usual.
window-remove-panel = Remove panel…
window-add-panel-button = Add a panel…
window-remove-ask = Remove { $name }?
    .what = Its key and settings are deleted from this computer; for five seconds you can undo it. Nothing changes on the panel.
window-remove = Remove
window-remove-key-ask = Remove the key of { $name }?
    .what = Its servers are not watched until you enter a key again.
window-removed-key = The key is removed.
window-leaving = { $name } was removed.
window-undo = Undo
window-taken-back = { $name } is back.
window-taken-too-late = Too late: it is gone.
window-watching = Watching
window-live = Live updates
    .hint = Servers with live updates tell every change at once; all others are looked at every now and then. Automatic takes pinned and running servers, up to 25 of a panel.
window-live-automatic = Automatic
window-live-all = All servers
window-live-off = Off
window-poll = Seconds between two looks
    .hint = { $least } to { $most }. Many servers make it longer by themselves.
window-allow-kill = Offer Force stop
    .hint = It can damage a server’s files. A server that hangs while stopping always has it.
window-confirm-power = Ask before Stop and Restart
    .hint = In the tray's menu and here. Force stop always asks.
window-tray-icon = Tray icon
window-left-click = A left click
window-left-click-window = Opens the window
window-left-click-refresh = Refreshes
window-left-click-nothing = Does nothing
window-icon-style = Drawn
window-icon-style-automatic = As suits the system
window-icon-style-light = Light
window-icon-style-dark = Dark
window-icon-style-colour = In colour
window-shown = Shown on each server
window-general = General
window-login = Start when I log in
    .failed = This could not be changed: { $detail }
window-start-hidden = Start without this window
    .hint = Only the tray icon appears. After a log-in this is always so.
window-new-versions = Tell me about new versions
    .hint = Asks the project's page on GitHub once a day. Nothing about you or your panels is sent.
window-diagnostics = Diagnostics
    .hint = A report for whoever helps you. It names no server, panel, address or key.
window-log-level = How much is logged
    .hint = The log never holds a key. Details help whoever looks for an error; the files stay small.
window-log-level-off = No log
window-log-level-error = Errors
window-log-level-warn = Warnings
window-log-level-info = Usual
window-log-level-debug = Details
window-log-level-trace = Everything
window-report = Report
window-report-make = Make a report
window-report-again = Make it anew
window-report-made = The report is ready.
window-report-copy = Copy the report
window-report-select = The report is selected: copy it with Ctrl+C.
window-theme = Colours
window-theme-system = As the system
window-theme-light = Light
window-theme-dark = Dark
window-language = Language
window-language-system = As the system
window-language-en = English
window-language-de = Deutsch
window-saved = Saved.

## Window: one server

window-all-servers = All servers
window-gone = This server is not in the list
    .next = It was deleted, or its panel does not show it now.
window-is-hidden = You have hidden this server.
window-parts = Parts of { $name }
window-part-overview = Overview
window-part-console = Console
window-part-backups = Backups
window-part-schedules = Schedules
window-rate-in = Receiving
window-rate-out = Sending
window-per-second = { $size }/s
window-of-limit = { $text } ({ $share })
window-address = Address
window-node = Node
window-short-id = Id on the panel
window-updates = Updates
window-updates-live = Live
window-updates-connecting = Live updates are being set up
window-updates-off = Every now and then
window-updates-failed = Every now and then; no live updates: { $why }
window-alert-rule = Alerts of this server
window-rule-usual = As in the settings ({ $rule })
window-hour = The last hour
window-hour-none = Nothing was read yet. The lines grow from now on.
window-hour-table = As a table, in steps of five minutes
window-peak = up to { $value }
window-peak-rx = received, up to { $value }
window-peak-tx = sent, up to { $value }
window-then = { $time }: { $value }
window-then-rx = { $time }: received { $value }
window-then-tx = sent { $value }
window-network = Network
window-time = From
window-figure-cpu = CPU
window-figure-memory = Memory
window-figure-disk = Disk
window-figure-rx = Received
window-figure-tx = Sent
window-changes = Recent changes
window-changes-none = Nothing has changed since Pterotray started.
window-change-restarted = Restarted
window-change-why = { $word }: { $detail }
window-by-own = { $signal }, pressed here
window-by-stopped = by somebody else
window-by-crashed = by itself
window-by-unseen = while nobody looked
window-by-away = out of reach or in reach again
window-by-list = the panel says so
window-by-found = first look
window-by-person = by { $name }
window-by-key = by { $name }, with an API key
window-by-panel = by the panel
window-deed-console-command = A command was sent
window-deed-backup-start = A backup was begun
window-deed-backup-complete = A backup is done
window-deed-backup-fail = A backup failed
window-deed-backup-delete = A backup was deleted
window-deed-backup-restore = A backup is being restored
window-deed-schedule-execute = A schedule was run
window-deed-schedule-update = A schedule was changed
window-deed-settings-rename = It was renamed
window-deed-reinstall = It was reinstalled
window-console-connecting = Connecting to the server’s node…
window-console-live = Live
window-console-offline = Live. The server is off, so it prints nothing.
window-console-failed = The console cannot be reached: { $why }
    .next = It is tried again. What the server prints meanwhile is on the panel.
window-console-forbidden = You may not read this console
window-console-of = Console of { $name }
window-console-search = Search the lines
window-console-found = { $found } of { $all } lines
window-console-copy = Copy
window-console-newest = Newest lines
window-console-left-out = { $count ->
    [one] { $count } line was left out: too many came at once.
   *[other] { $count } lines were left out: too many came at once.
}
window-copy-failed = This could not be copied.
window-command = Command
window-command-send = Send
window-command-sent = Sent.
window-command-forbidden = You may read this console, but not send commands.
window-asking = Asking the panel…
window-backups-none = There is no backup yet.
window-backup-name = Name
    .hint = Empty lets the panel make one up.
window-backup-make = Make a backup
window-backup-begun = The backup was begun.
window-backup-running = Being made
window-backup-done = Done
window-backup-failed = Failed
window-backup-locked = protected
window-schedules-none = There is no schedule.
window-schedule-cron = runs at { $cron }
window-schedule-running = running now
window-schedule-off = switched off
window-schedule-next = next { $at }
window-schedule-last = last { $at }
window-schedule-run = Run now
window-schedule-ask = Run { $name } now?
    .what = All its steps are taken, as at its own time.
window-schedule-yes = Run
window-schedule-begun = { $name } was begun.
