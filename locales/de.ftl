# Pterotray, Deutsch. Eine Datei für Infobereich, Meldungen, Kommandozeile und Fenster.
# Kurze Sätze ohne Anrede; zuerst die Ursache, dann (Attribut .next) der nächste Schritt.

## Zustände

# How a condition is written inside a sentence: small, or the same.
condition-inside = same
condition-running = Läuft
condition-starting = Startet
condition-stopping = Stoppt
condition-offline = Offline
condition-crashed = Abgestürzt
condition-still-stopping = Stoppt noch immer
condition-suspended = Gesperrt
condition-maintenance = Wartung
condition-installing = Wird installiert
condition-install-failed = Installation fehlgeschlagen
condition-restoring = Backup wird eingespielt
condition-transferring = Wird umgezogen
condition-node-unreachable = Node nicht erreichbar
condition-unknown = Unbekannt

## Signale

power-start = Starten
power-stop = Stoppen
power-restart = Neu starten
power-kill = Stopp erzwingen

## Überschrift und Kurzinfo

headline-not-set-up = Pterotray ist noch nicht eingerichtet
headline-connecting = Verbindung wird aufgebaut …
headline-running = { $running } von { $total } laufen
headline-no-servers = Keine Server
headline-crashed = { $name } ist { $ago } abgestürzt
headline-unknown = { $count } unbekannt
headline-one = { $name }: { $condition }
headline-changing = { $count } starten oder stoppen
headline-more = { $count ->
    [one] { $count } Server braucht Aufmerksamkeit
   *[other] { $count } Server brauchen Aufmerksamkeit
}

## Zahlen und Alter

number-decimal = ,
size-of = { $used } von { $limit }
ago-now = gerade eben
ago = vor { $age }

## Menü

menu-server = { $name } — { $what }
menu-server-pending = { $name } — { $what } ({ $pending })
menu-unknown = { $word } ({ $ago })
menu-running-use = { $cpu }, { $memory }
menu-more = { $count ->
    [one] { $count } weiterer …
   *[other] { $count } weitere …
}
menu-asks-first = { $what } …
menu-sensor = { $sensor } { $value }
menu-copy-address = Adresse kopieren
menu-open-in-panel = Im Panel öffnen
menu-show = Anzeigen
menu-alerts = Meldungen
menu-kept-alerts = Meldungen …
menu-new-alerts = { $count ->
    [one] { $count } neue Meldung
   *[other] { $count } neue Meldungen
}
menu-pause-alerts = Meldungen aussetzen
menu-alerts-paused = Meldungen sind ausgesetzt
menu-alerts-paused-for = Meldungen sind ausgesetzt (noch { $left })
menu-pause-hour = Für 1 Stunde
menu-pause-tomorrow = Bis morgen
menu-pause-until-resumed = Bis auf Weiteres
menu-resume-alerts = Wieder melden
alert-rule-crashes = Nur Abstürze
alert-rule-every-stop = Jeder Stopp
alert-rule-also-back = Auch die Rückkehr
alert-rule-nothing = Nichts
menu-refresh = Jetzt aktualisieren
menu-open = Pterotray öffnen
menu-settings = Einstellungen …
menu-set-up = Panel einrichten …
menu-new-key = Neuen Schlüssel eingeben …
menu-quit = Beenden
menu-demo = Demo: erfundene Server
pending-start = wird gestartet …
pending-stop = wird gestoppt …
pending-restart = wird neu gestartet …
pending-kill = wird abgebrochen …
pending-accepted = „{ $signal }“ angefordert
pending-overdue = „{ $signal }“ noch nicht zu sehen

## Meldungen

alert-went-down = { $name } ist ausgefallen
    .body = Von hier aus wurde nicht gestoppt. Es kann ein Absturz sein.
alert-crashed = { $name } ist abgestürzt
    .body = Der Node nannte keinen Grund.
alert-crashed-restarting = { $name } ist abgestürzt und startet neu
    .body = Der Node startet den Server wieder.
alert-meanwhile = { $name }: Änderungen in der Zwischenzeit
alert-meanwhile-everywhere = Änderungen in der Zwischenzeit
alert-meanwhile-down = { $count ->
    [one] { $names } ist ausgefallen.
   *[other] { $count } Server sind ausgefallen: { $names }.
}
alert-meanwhile-up = { $count ->
    [one] { $names } läuft jetzt.
   *[other] { $count } Server laufen jetzt: { $names }.
}
alert-names-more = { $count ->
    [one] { $names } und { $count } weiterer
   *[other] { $names } und { $count } weitere
}
cause-exit-code = Exit-Code { $code }
cause-out-of-memory = Speicher erschöpft
alert-exit-code = Exit-Code { $code }.
alert-exit-code-out-of-memory = Exit-Code { $code }, Speicher erschöpft.
alert-out-of-memory = Speicher erschöpft.
alert-was-stopped = { $name } wurde gestoppt
    .body = Nicht von hier aus.
alert-stopped-by = Von { $actor }, im Panel.
alert-stopped-by-api = Von { $actor }, mit einem API-Schlüssel.
alert-times = { $count ->
    [2] Zum zweiten Mal in 10 Minuten.
    [3] Zum dritten Mal in 10 Minuten.
   *[other] { $count }-mal in 10 Minuten.
}
alert-unstable = { $name } ist weiterhin instabil
alert-unstable-times = { $count ->
    [one] Ein weiterer Ausfall.
   *[other] { $count } weitere Ausfälle.
}
alert-unstable-up = Im Moment läuft der Server.
alert-unstable-down = Im Moment läuft der Server nicht.
alert-stop-hangs = { $name } stoppt nach { $seconds } s noch immer
    .body = Abwarten oder den Stopp erzwingen.
alert-came-back = { $name } läuft wieder
    .body = Der Ausfall dauerte { $duration }.
alert-together-crashed = { $count ->
    [one] { $count } Server ist abgestürzt
   *[other] { $count } Server sind abgestürzt
}
alert-together-crashed-restarting = { $count ->
    [one] { $count } Server ist abgestürzt und startet neu
   *[other] { $count } Server sind abgestürzt und starten neu
}
alert-together-stopped = { $count ->
    [one] { $count } Server wurde gestoppt
   *[other] { $count } Server wurden gestoppt
}
alert-together-went-down = { $count ->
    [one] { $count } Server ist ausgefallen
   *[other] { $count } Server sind ausgefallen
}
alert-together-back = { $count ->
    [one] { $count } Server läuft wieder
   *[other] Alle { $count } Server laufen wieder
}
    .body = Der Ausfall dauerte { $duration }.
alert-panel-away = { $name } ist nicht erreichbar
alert-node-away = Node { $name } ist nicht erreichbar
alert-servers-unknown = { $count ->
    [one] Zustand von { $count } Server unbekannt.
   *[other] Zustand von { $count } Servern unbekannt.
}
alert-answers-again = { $name } antwortet wieder
    .body = Die Unterbrechung dauerte { $duration }.
alert-node-answers-again = Node { $name } antwortet wieder
alert-above-cpu = { $name } braucht viel CPU
alert-above-memory = { $name } braucht viel Arbeitsspeicher
alert-above-disk = { $name } braucht viel Speicherplatz
alert-above-several = { $name } braucht viel von dem, was erlaubt ist
alert-above-limit = { $percent } % der Grenze, seit { $minutes } min
alert-above-core = { $percent } % eines Kerns, seit { $minutes } min
alert-measure-cpu = CPU
alert-measure-memory = Arbeitsspeicher
alert-measure-disk = Speicherplatz
alert-held-paused = Während Meldungen ausgesetzt waren
alert-held-quiet-hours = Während der Ruhezeit
alert-held-back = { $count ->
    [one] { $names } war ausgefallen und läuft wieder.
   *[other] { $count } Server waren ausgefallen und laufen wieder: { $names }.
}
alert-held-away = { $count ->
    [one] { $names } antwortete nicht.
   *[other] { $count } antworteten nicht: { $names }.
}
alert-held-others = { $count ->
    [one] { $count } weitere Meldung.
   *[other] { $count } weitere Meldungen.
}
alert-action-failed-start = { $name } ist nicht gestartet
alert-action-failed-stop = { $name } hat nicht gestoppt
alert-action-failed-restart = { $name } hat nicht neu gestartet
alert-action-failed-kill = { $name } wurde nicht gestoppt
alert-action-unseen-body = Das Panel nahm das Signal an, aber der Server folgte nicht. Die Konsole zeigt vielleicht, warum.
alert-already-up = { $name } läuft schon
    .body = Es wurde nichts unternommen.
alert-not-done = { $name }: nichts unternommen
alert-too-old = Die Meldung ist zu alt. Das Fenster zeigt, wie es dem Server jetzt geht.
alert-moved-on = Der Server hat sich seit dieser Meldung verändert. Das Fenster zeigt, wie es ihm jetzt geht.
alert-gone = Diesen Server gibt es auf dem Panel nicht mehr.
alert-key-refused = { $name } lehnt den Schlüssel ab
alert-notice = Pterotray
notification-no-buttons = Zum Handeln das Menü im Infobereich benutzen.
button-console = Konsole
button-force-stop = Stopp erzwingen …
button-show = Anzeigen
button-restart = Neu starten
button-start = Starten
button-try-again = Noch einmal
button-new-key = Neuen Schlüssel eingeben
button-open = Öffnen

## Probleme: was nicht stimmt, und was zu tun ist

problem-no-address = Es ist keine Adresse eingegeben.
    .next = Sie so eingeben, wie der Browser sie zeigt, zum Beispiel https://panel.example.com.
problem-bad-address = Das ist keine Adresse eines Panels.
    .next = Die Adresse so eingeben, wie der Browser sie zeigt, zum Beispiel https://panel.example.com.
problem-wrong-scheme = Die Adresse eines Panels beginnt mit https://{ $has-detail ->
    [yes] , nicht mit { $detail }://.
   *[no] .
}
    .next = Sie so eingeben, wie der Browser sie zeigt, zum Beispiel https://panel.example.com.
problem-address-with-password = In der Adresse steht ein Benutzername oder Passwort.
    .next = Beides weglassen: Nur der API-Schlüssel wird gebraucht.
problem-unencrypted = Diese Adresse ist nicht verschlüsselt: Unterwegs kann jeder den Schlüssel lesen.
    .next = Besser https, wenn das Panel es anbietet. Der Schlüssel wurde nicht gesendet.
problem-no-key = Es ist kein Schlüssel eingegeben.
    .next = Einen aus dem Panel kopieren: Account → API Credentials.
problem-bad-key = Der Schlüssel ist kaputt: Er enthält Zeichen, die kein Schlüssel hat.
    .next = Den ganzen Schlüssel aus dem Panel kopieren, eine Zeile: Account → API Credentials.
problem-dns = Der Rechnername ist unbekannt.
    .next = Die Schreibweise der Adresse und die Internetverbindung prüfen.
problem-refused = Unter dieser Adresse antwortet nichts.
    .next = Adresse und Port prüfen, und ob das Panel läuft.
problem-timed-out = Das Panel hat nicht rechtzeitig geantwortet.
    .next = Die Verbindung prüfen. Pterotray versucht es weiter.
    .trial = Adresse und Verbindung prüfen, dann noch einmal versuchen.
problem-certificate-expired = Das Zertifikat des Panels ist abgelaufen oder noch nicht gültig.
    .next = Die Uhr dieses Rechners prüfen. Geht sie richtig, muss das Zertifikat erneuert werden.
problem-certificate-unknown = Das Zertifikat des Panels stammt von niemandem, den dieser Rechner kennt.
    .next = Die Betreiber des Panels fragen. Einem eigenen kann nur für dieses Panel vertraut werden.
problem-certificate-wrong-name = Das Zertifikat des Panels gilt für einen anderen Namen.
    .next = Den Namen eingeben, für den das Zertifikat gilt.
problem-certificate-changed = Das Zertifikat des Panels ist nicht das, dem vertraut wurde.
    .next = Die Betreiber des Panels fragen, ob es gewechselt wurde. Wenn ja, dem neuen vertrauen.
problem-bad-trust = Das ist kein Zertifikat oder Fingerabdruck, dem vertraut werden kann.
    .next = Das Zertifikat der Stelle als PEM-Datei wählen oder alle 64 Stellen des SHA-256-Fingerabdrucks angeben.
problem-not-tls = Dieser Port spricht kein https.
    .next = Den Port prüfen. Hat das Panel wirklich kein https, die Adresse mit http:// beginnen.
problem-tls = Eine sichere Verbindung zum Panel ist nicht möglich{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Die Betreiber des Panels bitten, das Zertifikat anzusehen.
problem-connection = Die Verbindung zum Panel brach ab.
    .next = Die Verbindung prüfen. Pterotray versucht es weiter.
    .trial = Die Verbindung prüfen, dann noch einmal versuchen.
problem-web-page = Statt des Panels antwortete eine Webseite{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Die Adresse prüfen: Es muss die des Panels selbst sein, ohne Seite oder Ordner dahinter.
problem-login-wall = Vor dem Panel steht eine Anmeldeseite.
    .next = Die Betreiber des Panels bitten, /api ohne die zusätzliche Anmeldung durchzulassen.
problem-challenge = Ein Schutzdienst verlangt einen Browser.
    .next = Die Betreiber des Panels bitten, /api ohne die Browserprüfung durchzulassen.
problem-captive-portal = Das Netzwerk verlangt zuerst eine Anmeldung.
    .next = Im Browser eine Webseite öffnen, sich dort anmelden und es noch einmal versuchen.
problem-calagopus = Das ist ein Calagopus-Panel; es spricht eine andere API.
    .next = Pterotray arbeitet mit Pterodactyl- und Pelican-Panels.
problem-not-a-panel = Die Antwort kam nicht von einem Panel.
    .next = Die Adresse prüfen: Im Browser muss dort die Anmeldeseite des Panels erscheinen.
problem-redirect = Das Panel ist umgezogen{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Die neue Adresse in den Einstellungen eingeben.
    .trial = Ist das das eigene Panel, stattdessen diese Adresse eingeben. Der Schlüssel wurde nicht dorthin gesendet.
problem-downgrade = Die Adresse leitet auf eine unverschlüsselte weiter{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Die Betreiber des Panels bitten, bei https zu bleiben. Der Schlüssel wurde nicht dorthin gesendet.
problem-redirect-loop = Die Adresse leitet im Kreis herum.
    .next = Das Panel im Browser öffnen und die Adresse eingeben, die dann dort steht.
problem-key-rejected = Das Panel lehnt den Schlüssel ab.
    .next = Im Panel einen neuen Schlüssel anlegen (Account → API Credentials) und ihn eingeben.
problem-application-key = Das ist ein Application-Schlüssel; Pterotray braucht einen Account-Schlüssel.
    .next = Im Panel einen anlegen: Account → API Credentials. Meist beginnt er mit ptlc_ oder pacc_.
problem-ip-not-allowed = Der Schlüssel darf von dieser Adresse aus nicht benutzt werden{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Die Adresse im Panel bei den erlaubten IPs des Schlüssels eintragen oder einen Schlüssel ohne diese Grenze anlegen.
problem-two-factor = Das Panel verlangt die Zwei-Faktor-Authentifizierung.
    .next = Sie im Panel im eigenen Konto einschalten; danach gilt der Schlüssel.
problem-key-restricted = Der Schlüssel darf die Server nicht auflisten{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Im Panel einen anlegen, der es darf: Account → API Credentials.
problem-forbidden = Für diesen Server fehlt die Berechtigung dazu.
    .next = Den Besitzer des Servers um die Berechtigung bitten.
problem-not-found = Das Panel kennt diesen Server nicht oder zeigt ihn diesem Konto nicht.
    .next = Im Panel nachsehen, ob es ihn noch gibt.
problem-conflict = Der Server ist beschäftigt{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Warten, bis er bereit ist.
problem-node-unreachable = Das Panel erreicht den Node des Servers nicht.
    .next = Wenn es anhält, den Betreibern des Nodes Bescheid geben.
problem-node-error = Der Node antwortete mit einem Fehler{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Wenn es anhält, den Betreibern des Nodes Bescheid geben.
problem-rate-limited = Das Panel bittet um weniger Anfragen{ $has-detail ->
    [yes] : { $detail } warten.
   *[no] .
}
    .next = Pterotray wartet und macht dann von selbst weiter.
    .trial = Eine Minute warten, dann noch einmal versuchen.
problem-panel-maintenance = Das Panel wird gewartet.
    .next = Pterotray macht weiter, sobald es wieder da ist.
    .trial = Noch einmal versuchen, sobald es wieder da ist.
problem-panel-refused = Das Panel lehnte ab{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Den Server im Panel ansehen.
problem-panel-broken = Im Panel ist ein Fehler aufgetreten{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Pterotray versucht es weiter. Wenn es anhält, den Betreibern des Panels Bescheid geben.
    .trial = Noch einmal versuchen. Wenn es anhält, den Betreibern des Panels Bescheid geben.
problem-unreadable = Die Antwort des Panels war nicht lesbar{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Pterotray versucht es weiter. Wenn es anhält, hat das Panel vielleicht eine unbekannte Version.
    .trial = Die Adresse prüfen. Stimmt sie, hat das Panel vielleicht eine unbekannte Version.
problem-unknown-state = Das Panel nennt einen Zustand, den Pterotray nicht kennt{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Den Server im Panel ansehen.
problem-not-observed = Das Panel nahm das Signal an, aber der Server folgte nicht.
    .next = Die Konsole des Servers im Panel ansehen.
problem-no-servers = Der Schlüssel gilt, führt aber zu keinem Server.
    .next = Prüfen, ob es das richtige Konto ist, oder den Besitzer um Zugang bitten.
problem-list-broken = Das Panel kann seine Server nicht auflisten, antwortet aber noch zu jedem einzelnen.
    .next = Neue und gelöschte Server fehlen bis dahin. In das Protokoll des Panels sehen oder dessen Besitzer Bescheid geben.
problem-key-missing = Für dieses Panel ist kein Schlüssel gespeichert.
    .next = Den Schlüssel noch einmal eingeben.
problem-keyring-missing = Es gibt keinen Schlüsselbund, der den Schlüssel aufnehmen könnte.
    .next = Einen Schlüsselbund starten (GNOME-Schlüsselbund, KWallet, KeePassXC), oder den Schlüssel bis zum Beenden oder in einer nur selbst lesbaren Datei behalten.
problem-keyring-locked = Der Schlüsselbund ist gesperrt oder verweigert den Zugriff.
    .next = Ihn entsperren und es noch einmal versuchen, oder den Schlüssel bis zum Beenden oder in einer nur selbst lesbaren Datei behalten.
problem-keyring-failed = Der Schlüsselbund meldet einen Fehler{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Es noch einmal versuchen, oder den Schlüssel bis zum Beenden oder in einer nur selbst lesbaren Datei behalten.
problem-keyring-silent = Der Schlüsselbund antwortet nicht.
    .next = Vielleicht fragt er in einem anderen Fenster nach seinem Passwort: danach sehen. Oder den Schlüssel bis zum Beenden oder in einer nur selbst lesbaren Datei behalten.
problem-settings-broken = Die Datei mit den Einstellungen war nicht lesbar; sie bleibt erhalten{ $has-detail ->
    [yes] {" "}als { $detail }.
   *[no] .
}
    .next = Nichts ist verloren: Die Datei reparieren und zurücklegen, oder Pterotray neu einrichten.
problem-settings-unsaved = Die Einstellungen konnten nicht gespeichert werden{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Prüfen, ob der Datenträger voll ist und wem der Ordner gehört. Bis zum Beenden gelten die Einstellungen.
problem-no-tray = Dieser Desktop zeigt keine Symbole im Infobereich.
    .next = Unter GNOME die Erweiterung AppIndicator installieren. Bis dahin zeigt dieses Fenster alles.
problem-no-session-bus = Es gibt keinen Sitzungsbus, also weder Symbol noch Meldungen noch Schlüsselbund.
    .next = Pterotray aus der Desktop-Sitzung starten oder die Kommandozeile benutzen.
problem-window-missing = Das Fenster konnte nicht geöffnet werden{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Neben pterotray muss pterotray-window installiert sein, und es braucht einen Bildschirm.
problem-window-crashed = Das Fenster hat sich von selbst beendet{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Es wieder öffnen: Nichts ist verloren. Geschieht es erneut, steht der Grund vielleicht in window.log im Protokollordner.
problem-no-notifications = Meldungen können nicht angezeigt werden.
    .next = Einen Benachrichtigungsdienst starten. Bis dahin zeigt das Symbol im Infobereich alles.
problem-no-clipboard = Es wurde nichts kopiert.
    .next = Die Seite des Servers im Fenster zeigt seine Adresse: dort auswählen.
problem-no-browser = Kein Browser hat die Seite geöffnet.
    .next = In den Systemeinstellungen einen Standardbrowser wählen oder das Panel selbst öffnen.
problem-new-version = Es gibt eine neue Version von Pterotray{ $has-detail ->
    [yes] : { $detail }.
   *[no] .
}
    .next = Dort holen, woher diese kam. Gemeldet wird sie nur einmal.
problem-not-set-up = Es ist kein Panel eingerichtet.
    .next = Pterotray öffnen und Adresse und Schlüssel des Panels eingeben.
problem-no-such-server = Diesen Server gibt es nicht.
    .next = pterotray status listet alle auf.
problem-not-now = Das ist im Moment nicht möglich.
    .next = Auf den Zustand des Servers achten.

## Kommandozeile

cli-yes = j ja
cli-column-server = Server
cli-column-condition = Zustand
cli-column-cpu = CPU
cli-column-memory = Speicher
cli-column-uptime = Läuft seit
cli-column-address = Adresse
cli-no-such-server = Einen Server „{ $name }“ gibt es nicht. pterotray status listet alle auf.
cli-ambiguous = „{ $name }“ kann jeder von diesen sein; bitte genauer:
cli-no-such-panel = Ein Panel „{ $name }“ gibt es nicht. Eingerichtet sind: { $names }
cli-accepted = { $name }: „{ $signal }“ angefordert.
cli-reached = { $name }: { $condition }
cli-failed = { $name }: { $reason }
cli-not-reached = { $name }: nach { $minutes } Minuten noch immer „{ $condition }“.
cli-kill-ask = Ein erzwungener Stopp kann Dateien von { $names } beschädigen. Fortfahren? [j/N]
cli-nothing-done = Es wurde nichts unternommen.
cli-kill-off = „Stopp erzwingen“ ist ausgeschaltet. Die Einstellungen können es erlauben; Dateien können Schaden nehmen.
cli-kill-needs-yes = Ein erzwungener Stopp kann Dateien beschädigen. Hier ist niemand zu fragen: --yes hinzufügen, wenn es so gemeint ist.
cli-not-set-up = Es ist kein Panel eingerichtet. pterotray starten und Adresse und Schlüssel des Panels eingeben, pterotray panel add benutzen, oder PTEROTRAY_URL und PTEROTRAY_API_KEY setzen.
cli-not-running = Pterotray läuft nicht. Starten mit: pterotray
cli-other-version = Das laufende Pterotray ist eine andere Version ({ $version }). Mit pterotray quit beenden, dann neu starten.
cli-agent-silent = Das laufende Pterotray antwortet nicht. Bleibt das so, seinen Prozess beenden und es neu starten.
cli-agent-gone = Das laufende Pterotray hat sich beendet oder diesen Befehl weggeschickt. Noch einmal versuchen.
cli-agent-stays = Das laufende Pterotray sollte sich beenden und tut es nicht. Bleibt das so, seinen Prozess beenden.
cli-agent-socket = Mit dem laufenden Pterotray kann nicht gesprochen werden: { $reason }
cli-environment-no-key = PTEROTRAY_URL ist gesetzt, PTEROTRAY_API_KEY aber nicht; beide oder keines setzen.
cli-environment-no-url = PTEROTRAY_API_KEY ist gesetzt, PTEROTRAY_URL aber nicht; beide oder keines setzen.
cli-environment-two-trusts = PTEROTRAY_CA und PTEROTRAY_FINGERPRINT sind beide gesetzt; nur eines davon setzen.
cli-environment-not-text = { $name } ist kein Text (UTF-8).
cli-environment-unreadable = Die Datei in PTEROTRAY_CA kann nicht gelesen werden: { $name }: { $reason }
cli-already-running = Pterotray läuft schon.
cli-unfinished = Nicht alles hat rechtzeitig geantwortet.
cli-looking = Die Panels werden gefragt …
cli-looking-count = Die Panels werden gefragt … { $done } von { $all }
cli-watching = Es wird beobachtet. Strg-C beendet.
cli-watch-condition = { $time }  { $name }: { $from } → { $to }
cli-watch-cause = { $time }  { $name }: { $from } → { $to } ({ $cause })
cli-watch-problem = { $time }  { $name }: { $to }
cli-watch-alert = { $time }  ! { $what }
cli-watch-well = alles wieder in Ordnung
cli-console-typing = Konsole von { $name }. Eingaben gehen an den Server; Strg-C beendet.
cli-console-anew = Der Node nennt seine letzten Zeilen noch einmal:
cli-console-left-out = { $count ->
    [one] 1 Zeile fehlt
   *[other] { $count } Zeilen fehlen
    } hier.
cli-console-connecting = Die Verbindung zum Node ist weg; neuer Versuch …
cli-console-failed = Der Node ist nicht erreichbar: { $why }. Neuer Versuch …
cli-panel-key = API-Schlüssel (er wird nicht angezeigt):
cli-panel-trying = Das Panel wird geprüft …
cli-panel-added = { $url } hinzugefügt: { $count ->
        [one] 1 Server.
       *[other] { $count } Server.
    }
cli-panel-removed = { $name } ist entfernt, der Schlüssel vergessen.
cli-panel-remove-ask = { $name } entfernen und den Schlüssel vergessen? [j/N]
cli-panel-needs-yes = Hier ist niemand zu fragen: --yes hinzufügen, wenn es so gemeint ist.
cli-panel-of-environment = Dieses Panel stammt aus PTEROTRAY_URL und PTEROTRAY_API_KEY. Es verschwindet, wenn beide nicht mehr gesetzt sind.
cli-panel-until-quit = Pterotray läuft nicht; nichts könnte den Schlüssel bis zum Beenden behalten. Es zuerst starten, oder --keep-key keyring oder --keep-key file angeben.
cli-panel-elsewhere = Der Schlüssel wurde nicht behalten. --keep-key file legt ihn in eine nur selbst lesbare Datei, --keep-key until-quit in den Speicher des laufenden Pterotray.
cli-panel-unencrypted = Wenn es sein muss: --unencrypted sendet den Schlüssel trotzdem.
cli-panel-unencrypted-ask = Den Schlüssel trotzdem senden? [j/N]
cli-panel-trust-ask = Der Fingerabdruck ist { $sha256 }. Genau diesem Zertifikat vertrauen, nur für dieses Panel? [j/N]
cli-panel-fingerprint = Wenn das das Zertifikat des Panels ist, ihm nur für dieses Panel vertrauen mit: --fingerprint { $sha256 }
cli-key-keyring = Schlüssel im Schlüsselbund
cli-key-file = Schlüssel in einer eigenen Datei
cli-key-until-quit = Schlüssel nur bis zum Beenden
cli-key-environment = aus der Umgebung
cli-reset-ask = Alle Panels, Schlüssel, Einstellungen und Protokolle von Pterotray von diesem Computer entfernen? Die Server bleiben unberührt. [j/N]
cli-reset-needs-yes = Das entfernt alle Panels, Schlüssel, Einstellungen und Protokolle. Hier ist niemand zu fragen: --yes hinzufügen, wenn es so gemeint ist.
cli-reset-key-left = Sonst wurde nichts entfernt, denn der Schlüssel von { $name } ist noch im Schlüsselbund: { $reason }
cli-reset-keys-left = Sonst wurde nichts entfernt: die Einstellungen waren nicht lesbar, und im Schlüsselbund liegen noch Schlüssel: { $reason }
cli-reset-keys-unknown = Nicht alle Einstellungen waren lesbar: Schlüssel dieses Profils können noch im Schlüsselbund liegen. Dort nach Einträgen suchen, die mit „Pterotray“ beginnen.
cli-reset-done = Alles, was Pterotray auf diesem Computer behielt, ist entfernt.
cli-demo = Die Demo läuft, mit erfundenen Servern. Beenden mit: pterotray quit --profile { $profile }
cli-usage-no-such-command = Einen Befehl „{ $command }“ gibt es nicht.
cli-usage-no-command = Hinter „{ $command }“ fehlt ein Befehl.
cli-usage-no-such-option = Eine Option „{ $argument }“ gibt es hier nicht.
cli-usage-too-much = „{ $argument }“ ist ein Wort zu viel.
cli-usage-no-value = { $argument } braucht einen Wert dahinter.
cli-usage-wrong-value = „{ $value }“ ist kein Wert für { $argument }.
cli-usage-unwanted-value = { $argument } nimmt keinen Wert, „{ $value }“ ist aber einer.
cli-usage-twice = { $argument } steht zweimal da.
cli-usage-together = { $argument } und { $other } schließen einander aus.
cli-usage-missing = Es fehlt: { $argument }
cli-usage-not-text = Eines der Wörter ist kein Text (UTF-8).
cli-usage-wrong = Diese Wörter ergeben keinen Befehl.
cli-usage-possible = Möglich: { $names }
cli-usage-similar = Ist das gemeint: { $names }?
cli-usage-help = { $help } sagt mehr.
cli-doctor-agent = Pterotray: läuft
cli-doctor-no-agent = Pterotray: läuft nicht; ohne es nachgesehen
cli-doctor-address = Panel { $number } ist { $name } unter { $url }
cli-no-home = Es gibt keinen persönlichen Ordner. Mit --profile ORDNER einen nennen.
cli-no-log = Es wird kein Protokoll geschrieben: { $reason }
cli-no-socket = Kein Socket möglich in { $folder }
cli-no-demo = Die Demo kann nicht eingerichtet werden
cli-internal-error = Interner Fehler; bitte mit dieser Stelle melden:

## Hilfe auf der Kommandozeile

help-usage = Verwendung
help-commands = Befehle
help-arguments = Argumente
help-options = Optionen
help-any-options = OPTIONEN
help-values = möglich
help-each-value = Möglich sind
help-default = Vorgabe
help-value-command = BEFEHL
help-value-dir = ORDNER
help-value-file = DATEI
help-value-name = NAME
help-value-page = SEITE
help-value-place = ORT
help-value-server = SERVER
help-value-sha256 = SHA256
help-value-url = URL

help = Pterodactyl- und Pelican-Spielserver im Infobereich
    .more = Ohne Befehl: zeigt das Symbol im Infobereich und wacht, bis es beendet wird. Ein zweites Mal gestartet, holt es das Fenster des ersten hervor.
    .after =
        Rückgabewerte: 0 getan, 1 gescheitert, 2 falsch aufgerufen, 3 kein solcher Server (oder mehrere), 4 Panel nicht
        erreichbar, 5 Schlüssel abgelehnt, 6 vom Panel abgelehnt (keine Berechtigung, oder der Server ist beschäftigt).

        Umgebung: PTEROTRAY_URL und PTEROTRAY_API_KEY geben ein Panel ohne jede Einrichtung, PTEROTRAY_CA oder
        PTEROTRAY_FINGERPRINT, wem dafür zu trauen ist, PTEROTRAY_PROFILE einen Profilordner, PTEROTRAY_LOG die Ausführlichkeit des Protokolls, NO_COLOR Text ohne Farbe.
    .hidden = Beim Start kein Fenster zeigen, wie bei der Anmeldung
    .profile = Einstellungen, Protokolle und Socket in diesem Ordner halten [Umgebung: PTEROTRAY_PROFILE]
    .help = Hilfe anzeigen
    .help-short = Hilfe anzeigen (ausführlich mit „--help“)
    .help-long = Hilfe anzeigen (kurz mit „-h“)
    .version = Version anzeigen
help-help = Diese Hilfe anzeigen, oder die der genannten Befehle
help-status = Zeigen, wie es allen Servern geht
    .json = Ein JSON-Objekt für Programme ausgeben
    .panel = Nur dieses Panel
help-watch = Jede Änderung sofort melden, je eine Zeile, bis Strg-C beendet
    .json = Ein JSON-Objekt je Zeile für Programme ausgeben
    .panel = { help-status.panel }
help-console = Die Konsole eines Servers mitlesen und Eingaben an ihn senden, bis Strg-C beendet
    .server = Der Server: Name, Anfang eines Namens, kurze ID oder UUID
    .json = { help-watch.json }
    .panel = Nur ein Server dieses Panels
help-start = Server starten
    .servers = Name, Anfang eines Namens, kurze ID oder UUID
    .wait = Warten, bis es sich zeigt: bis zu 2 Minuten, 10 bei einem Stopp
    .panel = Nur Server dieses Panels
help-stop = Server stoppen
    .servers = { help-start.servers }
    .wait = { help-start.wait }
    .panel = { help-start.panel }
help-restart = Server neu starten
    .servers = { help-start.servers }
    .wait = { help-start.wait }
    .panel = { help-start.panel }
help-kill = Server sofort zum Stopp zwingen; kann ihre Dateien beschädigen
    .servers = { help-start.servers }
    .wait = { help-start.wait }
    .panel = { help-start.panel }
    .yes = Nicht fragen, ob es so gemeint ist
help-panel = Panels hinzufügen, auflisten und entfernen
help-panel-add = Ein Panel hinzufügen oder ihm einen neuen Schlüssel geben; vorher wird es geprüft
    .more = Der API-Schlüssel wird erfragt, ohne ihn anzuzeigen, oder aus der ersten Zeile der Standardeingabe gelesen.
    .url = Die Adresse des Panels, wie im Browser
    .name = Wie es heißen soll; ohne Angabe wie sein Host
    .key-stdin = Den Schlüssel aus der Standardeingabe lesen, wie wenn sie kein Terminal ist
    .keep-key = Wo der Schlüssel liegen soll; ohne Angabe im Schlüsselbund, oder wo der ersetzte lag
    .keep-key-keyring = Im Schlüsselbund des Systems
    .keep-key-file = In einer Datei, nur selbst lesbar und für jedes selbst gestartete Programm
    .keep-key-until-quit = Im Speicher des laufenden Pterotray, bis es beendet wird
    .replace = Adresse und Schlüssel des Panels mit diesem Namen oder dieser Adresse ersetzen
    .fingerprint = Genau dem Zertifikat mit diesem SHA-256-Fingerabdruck vertrauen, nur für dieses Panel
    .ca = Der Zertifizierungsstelle in dieser PEM-Datei vertrauen, nur für dieses Panel
    .unencrypted = Den Schlüssel über einfaches http senden, wo ihn unterwegs jeder lesen kann
    .show-others = Auch die Server anderer zeigen, wie es Administratoren des Panels dürfen
help-panel-list = Die Panels auflisten
    .json = { help-status.json }
help-panel-remove = Ein Panel mit seinem Schlüssel und allem entfernen, was davon bekannt ist
    .name = Name oder Adresse des Panels, wie `pterotray panel list` sie zeigt
    .yes = { help-kill.yes }
help-show = Das Fenster hervorholen; startet Pterotray dafür, wenn es nicht läuft und es eine Anzeige gibt
    .server = Der Server, der gezeigt wird: Name, Anfang eines Namens, kurze ID oder UUID
    .page = Die Seite, die gezeigt wird
    .page-servers = Alle Server
    .page-settings = Die Einstellungen
    .page-welcome = Ein Panel hinzufügen
    .panel = { help-console.panel }
help-doctor = Herausfinden, was geht und was nicht; nennt keinen Host, Server oder Schlüssel
    .json = { help-status.json }
    .addresses = Auch Panels, Hosts und Ordner nennen
help-reset = Alles entfernen, was Pterotray behält: Panels, Schlüssel, Einstellungen, Protokolle, den Start bei der Anmeldung
    .yes = { help-kill.yes }
help-quit = Das laufende Pterotray beenden
help-demo = Pterotray mit erfundenen Servern ausprobieren; rührt nichts Eigenes an
    .hidden = Beim Start kein Fenster zeigen

## Der Bericht

report-title = Pterotray { $version }
report-title-demo = Pterotray { $version }, Demo
report-system = System: { $system }
report-state = Zustand: { $state }
report-settings = Einstellungen: ein Blick alle { $seconds } s, Live-Aktualisierung: { $live }, { $pinned } angeheftet, { $hidden } ausgeblendet
report-notice = Hinweis: { $what }
report-panel = Panel { $number }: { $how }
report-own-trust = mit eigenem Vertrauen
report-no-key = kein Schlüssel
report-key-environment = Schlüssel aus der Umgebung
report-answers = antwortet
report-answers-not = antwortet nicht
report-problem = Problem: { $what }
report-latency = Antwortzeit: { $what } ms
report-budget = noch möglich in dieser Minute: { $left } von { $of } Anfragen
report-servers = Server: { $what }
report-conditions = Zustände: { $what }
report-problems = Probleme: { $what }
report-read-by = gelesen über: { $what }
report-live-sockets = Live-Verbindungen: { $what }
report-oldest = ältester Stand: { $what } s
report-tray = Infobereich: { $what }
report-notifications = Meldungen: { $what }
report-keyring = Schlüsselbund: { $what }
report-start-at-login = Start bei der Anmeldung: { $what }
report-environment = Panel aus der Umgebung: { $what }
report-log = Protokoll: { $folder } (Stufe { $level })
report-yes = ja
report-no = nein
report-word-needs-you = braucht eine Hand
report-word-problem = Problem
report-word-unreachable = nicht erreichbar
report-word-transition = im Übergang
report-word-all-fine = alles in Ordnung
report-word-nothing-running = nichts läuft
report-word-connecting = wird verbunden
report-word-open = offen
report-word-failed = gescheitert
report-word-another-reason = ein anderer Grund
report-word-live-socket = Live-Verbindung
report-word-poll = Abfrage
report-word-list = Liste
report-word-does-not-answer = antwortet nicht
report-word-of-the-system = vom System
report-word-no-session-bus = kein Sitzungsbus
report-word-there-is-a-host = Symbole werden gezeigt
report-word-a-watcher-but-no-host-that-shows-icons = Symbole werden angenommen, aber nicht gezeigt
report-word-nobody-shows-tray-icons = niemand zeigt Symbole
report-word-there-is-no-server = es gibt keinen Meldungsdienst
report-word-answers = antwortet
report-word-there-is-none = es gibt keinen
report-word-locked = gesperrt
report-word-fails = versagt
report-word-in-the-profile-that-was-named = im genannten Profil

## Why there are no live updates: keys by the letters of the client's reasons; in the report, the console and the window

not-live-live-updates-were-switched-off = Live-Aktualisierung wurde ausgeschaltet
not-live-the-panel-s-token-belongs-to-another-server = das Token des Panels gehört zu einem anderen Server
not-live-the-node-does-not-accept-the-panel-s-token = der Node nimmt das Token des Panels nicht an
not-live-the-node-does-not-answer-the-panel-s-token = der Node antwortet nicht auf das Token des Panels
not-live-the-node-asks-for-fewer-attempts = der Node bittet um weniger Versuche
not-live-the-panel-gives-no-token-for-live-updates = das Panel gibt kein Token für Live-Aktualisierung
not-live-the-panel-gives-no-usable-address-for-live-updates = das Panel gibt keine brauchbare Adresse für Live-Aktualisierung
not-live-the-node-refuses-one-token-of-the-panel-after-the-other = der Node lehnt ein Token des Panels nach dem anderen ab
not-live-the-node-closed-the-connection = der Node hat die Verbindung geschlossen
not-live-access-to-the-server-has-ended-or-changed = der Zugang zum Server ist beendet oder geändert
not-live-the-connection-to-the-node-broke-off = die Verbindung zum Node ist abgerissen
not-live-the-node-has-fallen-silent = der Node ist verstummt
not-live-the-server-s-node-cannot-be-reached-from-here = der Node des Servers ist von hier nicht erreichbar
not-live-the-network-s-proxy-does-not-connect-to-the-server-s-node = der Proxy des Netzwerks verbindet nicht mit dem Node des Servers
not-live-the-server-s-node-only-accepts-visitors-of-the-panel-s-main-address = der Node des Servers nimmt nur Besucher der Hauptadresse des Panels an
not-live-the-server-s-node-does-not-know-the-server = der Node des Servers kennt den Server nicht
not-live-the-server-s-node-refused-the-connection = der Node des Servers hat die Verbindung abgelehnt

## Fenster

window-servers = Server
window-settings = Einstellungen
window-alerts = Meldungen
window-unread = { $count } neu
window-no-alerts = Noch keine Meldungen
    .what = Wenn ein Server stoppt oder abstürzt, steht es hier.
window-alert-new = Neu
window-ago = vor { $duration }
window-silent-own = nicht gezeigt: von hier aus angefordert
window-silent-restarted = nicht gezeigt: es war ein Neustart
window-silent-rule = nicht gezeigt: die Regel lässt es aus
window-silent-not-missed = nicht gezeigt: der Ausfall wurde niemandem gemeldet
window-silent-over = nicht gezeigt: es war schon vorbei
window-silent-paused = nicht gezeigt: Meldungen waren ausgesetzt
window-silent-quiet-hours = nicht gezeigt: Ruhezeit
window-silent-flapping = nicht gezeigt: es geht auf und ab
window-silent-away = nicht gezeigt: Panel oder Node war nicht erreichbar
window-silent-together = mit anderen zusammen gezeigt
window-pause = Meldungen aussetzen:
window-pause-hour = 1 Stunde
window-pause-tomorrow = Bis morgen
window-pause-until-resumed = Bis auf Weiteres
window-paused = Meldungen sind ausgesetzt
    .what = Was inzwischen geschieht, steht hier; am Ende kommt eine Zusammenfassung.
window-paused-for = Meldungen sind für { $duration } ausgesetzt
window-resume = Wieder melden
window-rule = Gemeldet wird
    .hint = Jeder Server kann eine eigene Regel haben; sie steht in seinem Menü.
window-rule-crashes = Nur Abstürze
window-rule-every-stop = Jeder Stopp
window-rule-also-back = Auch die Rückkehr
window-rule-nothing = Nichts
window-own-rule-none = Meldungen wie in den Einstellungen
window-own-rule-crashes = Meldungen: nur Abstürze
window-own-rule-every-stop = Meldungen: jeder Stopp
window-own-rule-also-back = Meldungen: auch die Rückkehr
window-own-rule-nothing = Meldungen: keine
window-quiet = Ruhezeit
    .hint = Meldungen bleiben dann still; am Ende kommt eine Zusammenfassung.
window-quiet-from = Von
window-quiet-to = bis
window-thresholds = Melden, wenn ein Server viel verbraucht
    .hint = In Prozent der Grenze.
window-threshold-cpu = CPU über
window-threshold-memory = Speicher über
window-threshold-disk = Festplatte über
window-threshold-minutes = Mindestens so lange (Minuten)
window-pages = Seiten
window-demo = Demo
    .what = Diese Server sind erfunden. Kein echtes Panel wird berührt.
window-dismiss = Schließen
window-cancel = Abbrechen
window-refresh = Aktualisieren
window-headline-more = { $count ->
    [one] { $count } braucht Aufmerksamkeit
   *[other] { $count } brauchen Aufmerksamkeit
}
window-notices = Hinweise
window-version = Pterotray { $version }
window-about = Über Pterotray
    .licence = Freie Software: MIT oder Apache-2.0, nach Wahl.
window-about-settings = Einstellungsdatei
window-about-logs = Protokollordner
window-about-project = Seite des Projekts
window-about-report = Fehler melden
    .hint = Öffnet die Seite des Projekts im Browser. Der Bericht oben hilft: Er nennt weder Schlüssel noch Adressen.

window-link-connecting = Pterotray wird gesucht …
window-link-away = Pterotray läuft nicht
    .next = Bis es wieder läuft, wird nichts beobachtet.
window-link-start = Pterotray starten
window-link-starting = Startet …
window-link-start-failed = Pterotray konnte nicht gestartet werden: { $detail }
window-link-older-agent = Das laufende Pterotray ist älter als dieses Fenster
    .next = Es im Infobereich beenden und neu starten. Hilft das nicht, beide Teile neu installieren.
window-link-older-window = Dieses Fenster ist älter als das laufende Pterotray
    .next = Dieses Fenster schließen und beide Teile neu installieren.
window-not-delivered = Das hat Pterotray nicht erreicht. Läuft es?

window-welcome = Willkommen bei Pterotray
    .what = Gameserver im Blick behalten, von Ausfällen erfahren und mit einem Klick neu starten.
window-add-panel = Panel hinzufügen
    .what = Jedes Pterodactyl- oder Pelican-Panel, für das ein Konto besteht.
window-new-key = Neuer Schlüssel für { $name }
    .what = Server und Einstellungen bleiben; nur Adresse und Schlüssel werden ersetzt.
window-try-demo = Nur umsehen? Die Demo zeigt in einem eigenen Fenster einen Abend mit erfundenen Servern.
window-demo-start = Demo ansehen
window-demo-started = Die Demo startet …
window-demo-failed = Die Demo konnte nicht gestartet werden: { $detail }
window-step = Schritt { $number }
window-step-address = Adresse des Panels
    .hint = Wie der Browser sie zeigt, zum Beispiel https://panel.example.com
window-step-key = API-Schlüssel
    .hint = Beginnt mit ptlc_ oder pacc_. Er geht direkt an Pterotray und bleibt nicht in diesem Fenster.
window-key-show = Schlüssel anzeigen
window-key-where = Woher kommt der Schlüssel?
    .sign-in = Im Browser am Panel anmelden.
    .menu = Das Konto öffnen (Name oder Bild) und dort API Credentials, bei Pelican API Keys.
    .create = Einen Schlüssel anlegen: Die Beschreibung ist beliebig, die erlaubten IPs können leer bleiben.
    .copy = Ihn gleich kopieren. Das Panel zeigt ihn nur dieses eine Mal.
window-test = Prüfen
window-trust = Fingerabdruck (SHA-256)
    .what = Ihn mit dem vergleichen, den die Betreiber des Panels nennen. Ist er gleich, steht niemand dazwischen.
window-trust-button = Nur diesem Zertifikat vertrauen, nur für dieses Panel
window-trust-authority = Einer eigenen Stelle vertrauen
    .hint = Ihr Zertifikat, eine PEM-Datei. Es gilt nur für dieses Panel und seine Nodes.
window-trust-file = Zertifikatsdatei
window-trust-usual = Wie üblich vertrauen
window-trust-too-large = Diese Datei ist zu groß für ein Zertifikat.
window-send-unencrypted = Den Schlüssel trotzdem senden
window-testing = Wird geprüft …
window-step-found = Verbunden
window-found-user = Angemeldet als { $name }
window-found-servers = { $count ->
    [one] { $count } Server
   *[other] { $count } Server
}
window-found-more = und { $count } weitere
window-found-others = Dieses Konto verwaltet das Panel: Es darf die Server aller sehen.
window-found-unencrypted = Diese Adresse ist nicht verschlüsselt
    .next = Schlüssel und alles andere sind unterwegs lesbar. Besser https, wenn das Panel es anbietet.
window-found-at = Adresse: { $url }
window-name = Name
    .hint = Wie dieses Panel heißen soll. Leer gilt der Rechnername.
window-keep-where = Wo der Schlüssel bleibt
window-keep-keyring = Im Schlüsselbund des Systems
    .hint = Durch die Anmeldung am Computer geschützt.
window-keep-until-quit = Nur bis Pterotray beendet wird
    .hint = Nach jedem Start wird er neu eingegeben.
window-keep-file = In einer nur selbst lesbaren Datei
    .hint = Nicht verschlüsselt. Wer an diesem Computer dieses Benutzerkonto hat, kann sie lesen.
window-keep-usual = Der Schlüssel kommt in den Schlüsselbund des Systems.
window-save = Speichern
window-saving = Wird gespeichert …
window-back = Adresse oder Schlüssel ändern

window-others-shown = Die Server anderer werden jetzt angezeigt.
window-connecting = Auf die erste Antwort wird gewartet …
window-new-key-button = Neuen Schlüssel eingeben
window-new-address-button = Adresse ändern
window-certificate-button = Das Zertifikat ansehen
window-power-of = Signale für { $name }
window-sensors-of = Werte von { $name }
window-age-read = Gelesen vor { $age }
window-asked = „{ $signal }“ wird gesendet …
window-requested = „{ $signal }“ angefordert …
window-overdue = „{ $signal }“ noch nicht zu sehen
window-result-done = { $name }: „{ $signal }“ angefordert
window-result-failed = { $name }: { $problem }
window-changed = { $name }: { $condition }
window-problem-new = { $name }: { $what }
window-panel-back = { $name } antwortet wieder
window-changed-many = { $count } Server haben sich geändert
window-kill-ask = Stopp von { $name } erzwingen?
    .what = Der Server wird sofort beendet, ohne zu speichern. Dateien können Schaden nehmen, der neueste Spielstand kann verloren gehen.
    .instead = Besser zuerst „Stoppen“ versuchen.
window-stop-ask = { $name } stoppen?
    .what = Alle, die dort spielen, werden getrennt.
window-restart-ask = { $name } neu starten?
    .what = Alle, die dort spielen, sind getrennt, bis der Server wieder läuft.
window-start-ask = { $name } starten?
    .what = Der Server startet so, wie er war.
window-in-vain = „{ $signal }“ ist im Moment nicht möglich
    .next = Zustand des Servers: { $condition }. Es wurde nichts gesendet.
window-missing = Der Server ist nicht in der Liste
    .next = Er wurde gelöscht, oder das Panel zeigt ihn im Moment nicht. Es wurde nichts gesendet.
window-pin = { $name } anheften
    .off = Anheften: zuerst gezeigt und zuerst beobachtet
    .on = Angeheftet: zuerst gezeigt und zuerst beobachtet

window-search = Name, Node oder Adresse suchen
window-filter = Anzeigen
window-filter-all = Alle
window-filter-problems = Probleme
window-filter-running = Laufende
window-filter-pinned = Angeheftete
window-filter-panel = Panel
window-filter-every-panel = Alle Panels
window-nothing-found = Kein Server passt zu dieser Suche.
window-show-all = Alle anzeigen
window-more-of = Mehr zu { $name }
window-details = Einzelheiten
window-opened = Im Browser geöffnet.
window-pinned = Angeheftet
window-move-up = Nach oben
window-move-down = Nach unten
window-moved = Verschoben.
window-hide = Ausblenden
window-hidden-done = Ausgeblendet. Der Server steht am Ende der Liste.
window-hidden = Ausgeblendet ({ $count })
window-unhide = Wieder einblenden
window-unhidden = { $name } wird wieder gezeigt.
window-spark = { $sensor } in der letzten halben Stunde: { $least } bis { $most }
window-select = Auswählen
window-select-one = { $name } auswählen
window-select-all = Alle gezeigten auswählen
window-selected = { $count } ausgewählt
window-done = Fertig
window-bulk = Was mit den ausgewählten Servern geschehen soll
window-bulk-sent = „{ $signal }“ angefordert für { $count ->
    [one] { $count } Server
   *[other] { $count } Server
}
window-bulk-start-ask = { $count ->
    [one] { $count } Server starten?
   *[other] { $count } Server starten?
}
window-bulk-restart-ask = { $count ->
    [one] { $count } Server neu starten?
   *[other] { $count } Server neu starten?
}
window-bulk-stop-ask = { $count ->
    [one] { $count } Server stoppen?
   *[other] { $count } Server stoppen?
}
window-bulk-not = { $count ->
    [one] Für { $count } ausgewählten Server ist das im Moment nicht möglich; er bleibt, wie er ist.
   *[other] Für { $count } ausgewählte Server ist das im Moment nicht möglich; sie bleiben, wie sie sind.
}
window-copied = Kopiert.
window-live-mark = live
    .what = Live: Jede Änderung erscheint sofort.
window-of = { $used } von { $limit }
window-level-high = hoch
window-level-full = fast voll

sensor-cpu-utilization = CPU
sensor-memory-usage = Speicher
sensor-disk-usage = Festplatte
sensor-uptime = Laufzeit
sensor-cpu-limit = CPU-Grenze
sensor-memory-limit = Speichergrenze
sensor-disk-limit = Festplattengrenze
sensor-network-inbound = Empfangen
sensor-network-outbound = Gesendet

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
window-panel-name = Name des Panels
window-key-none = Kein Schlüssel hinterlegt.
window-key-set = Schlüssel hinterlegt, endet auf …{ $ends }
window-place-keyring = liegt im Schlüsselbund
window-place-until-quit = bleibt bis zum Beenden
window-place-file = liegt in einer nur selbst lesbaren Datei
window-place-environment = aus der Umgebung
window-show-others = Auch die Server anderer anzeigen
    .hint = Für alle, die das Panel verwalten.
window-replace-key = Schlüssel ersetzen …
window-remove-key = Schlüssel entfernen
window-own-trust-certificate = Vertraut genau einem Zertifikat: { $sha256 }
window-own-trust-authority = Vertraut einer eigenen Stelle.
window-distrust = Wieder wie üblich vertrauen …
window-distrust-ask = Dem Panel { $name } wieder wie üblich vertrauen?
    .what = Kennt dieser Rechner das Zertifikat nicht, ist das Panel nicht erreichbar, bis ihm erneut vertraut wird.
window-distrusted = Es wird wie üblich vertraut.
window-remove-panel = Panel entfernen …
window-add-panel-button = Panel hinzufügen …
window-remove-ask = { $name } entfernen?
    .what = Schlüssel und Einstellungen werden von diesem Computer gelöscht; fünf Sekunden lang lässt es sich rückgängig machen. Im Panel ändert sich nichts.
window-remove = Entfernen
window-remove-key-ask = Den Schlüssel von { $name } entfernen?
    .what = Die Server werden nicht beobachtet, bis wieder ein Schlüssel eingegeben ist.
window-removed-key = Der Schlüssel ist entfernt.
window-leaving = { $name } wurde entfernt.
window-undo = Rückgängig
window-taken-back = { $name } ist wieder da.
window-taken-too-late = Zu spät: Das Panel ist schon entfernt.
window-watching = Beobachtung
window-live = Live-Aktualisierung
    .hint = Live beobachtete Server zeigen jede Änderung sofort; nach allen anderen wird von Zeit zu Zeit gesehen. Automatisch heißt: angeheftete und laufende Server, bis zu 25 je Panel.
window-live-automatic = Automatisch
window-live-all = Alle Server
window-live-off = Aus
window-poll = Sekunden zwischen zwei Abfragen
    .hint = { $least } bis { $most }. Bei vielen Servern werden es von selbst mehr.
window-allow-kill = „Stopp erzwingen“ anbieten
    .hint = Es kann Dateien eines Servers beschädigen. Ein Server, der beim Stoppen hängt, bietet es immer an.
window-confirm-power = Vor „Stoppen“ und „Neu starten“ nachfragen
    .hint = Im Menü des Infobereichs und hier. Vor „Stopp erzwingen“ wird immer nachgefragt.
window-tray-icon = Symbol im Infobereich
window-left-click = Ein Linksklick
window-left-click-window = Öffnet das Fenster
window-left-click-refresh = Aktualisiert
window-left-click-nothing = Tut nichts
window-icon-style = Darstellung
window-icon-style-automatic = Passend zum System
window-icon-style-light = Hell
window-icon-style-dark = Dunkel
window-icon-style-colour = Farbig
window-shown = Bei jedem Server gezeigt
window-general = Allgemein
window-login = Bei der Anmeldung starten
    .failed = Das ließ sich nicht ändern: { $detail }
window-start-hidden = Ohne dieses Fenster starten
    .hint = Nur das Symbol erscheint. Nach der Anmeldung ist das immer so.
window-new-versions = Neue Versionen melden
    .hint = Fragt einmal am Tag die Seite des Projekts auf GitHub. Gesendet wird dabei nichts über Panels und Server.
window-diagnostics = Diagnose
    .hint = Ein Bericht für alle, die helfen. Er nennt weder Server noch Panel, Adresse oder Schlüssel.
window-log-level = Wie viel protokolliert wird
    .hint = Im Protokoll steht nie ein Schlüssel. Einzelheiten helfen bei der Suche nach einem Fehler; die Dateien bleiben klein.
window-log-level-off = Kein Protokoll
window-log-level-error = Fehler
window-log-level-warn = Warnungen
window-log-level-info = Wie üblich
window-log-level-debug = Einzelheiten
window-log-level-trace = Alles
window-report = Bericht
window-report-make = Bericht erstellen
window-report-again = Neu erstellen
window-report-made = Der Bericht ist fertig.
window-report-copy = Bericht kopieren
window-report-select = Der Bericht ist markiert: mit Strg+C kopieren.
window-theme = Farben
window-theme-system = Wie das System
window-theme-light = Hell
window-theme-dark = Dunkel
window-language = Sprache
window-language-system = Wie das System
window-language-en = English
window-language-de = Deutsch
window-saved = Gespeichert.

## Fenster: ein einzelner Server

window-all-servers = Alle Server
window-gone = Dieser Server ist nicht in der Liste
    .next = Er wurde gelöscht, oder das Panel zeigt ihn im Moment nicht.
window-is-hidden = Dieser Server ist ausgeblendet.
window-parts = Teile von { $name }
window-part-overview = Überblick
window-part-console = Konsole
window-part-backups = Backups
window-part-schedules = Zeitpläne
window-rate-in = Empfängt
window-rate-out = Sendet
window-per-second = { $size }/s
window-of-limit = { $text } ({ $share })
window-address = Adresse
window-node = Node
window-short-id = ID im Panel
window-updates = Aktualisierung
window-updates-live = Live
window-updates-connecting = Live wird aufgebaut
window-updates-off = Von Zeit zu Zeit
window-updates-failed = Von Zeit zu Zeit; nicht live: { $why }
window-alert-rule = Meldungen dieses Servers
window-rule-usual = Wie in den Einstellungen ({ $rule })
window-hour = Die letzte Stunde
window-hour-none = Noch nichts gelesen. Die Linien wachsen von jetzt an.
window-hour-table = Als Tabelle, in Schritten von fünf Minuten
window-peak = bis zu { $value }
window-peak-rx = empfangen, bis zu { $value }
window-peak-tx = gesendet, bis zu { $value }
window-then = { $time }: { $value }
window-then-rx = { $time }: { $value } empfangen
window-then-tx = { $value } gesendet
window-network = Netzwerk
window-time = Von
window-figure-cpu = CPU
window-figure-memory = Speicher
window-figure-disk = Festplatte
window-figure-rx = Empfangen
window-figure-tx = Gesendet
window-changes = Letzte Änderungen
window-changes-none = Seit dem Start von Pterotray hat sich nichts geändert.
window-change-restarted = Neu gestartet
window-change-why = { $word }: { $detail }
window-by-own = „{ $signal }“, von hier aus
window-by-stopped = durch jemand anderen
window-by-crashed = von selbst
window-by-unseen = unbeobachtet
window-by-away = nicht erreichbar oder wieder erreichbar
window-by-list = laut Panel
window-by-found = erster Blick
window-by-person = durch { $name }
window-by-key = durch { $name }, mit einem API-Schlüssel
window-by-panel = durch das Panel
window-deed-console-command = Ein Befehl wurde gesendet
window-deed-backup-start = Ein Backup wurde begonnen
window-deed-backup-complete = Ein Backup ist fertig
window-deed-backup-fail = Ein Backup ist fehlgeschlagen
window-deed-backup-delete = Ein Backup wurde gelöscht
window-deed-backup-restore = Ein Backup wird eingespielt
window-deed-schedule-execute = Ein Zeitplan wurde ausgeführt
window-deed-schedule-update = Ein Zeitplan wurde geändert
window-deed-settings-rename = Der Server wurde umbenannt
window-deed-reinstall = Der Server wurde neu installiert
window-console-connecting = Verbindung zum Node des Servers …
window-console-live = Live
window-console-offline = Live. Der Server ist aus und schreibt nichts.
window-console-failed = Die Konsole ist nicht erreichbar: { $why }
    .next = Es wird wieder versucht. Was der Server inzwischen schreibt, steht im Panel.
window-console-forbidden = Diese Konsole ist für dieses Konto gesperrt
window-console-of = Konsole von { $name }
window-console-search = In den Zeilen suchen
window-console-found = { $found } von { $all } Zeilen
window-console-copy = Kopieren
window-console-newest = Neueste Zeilen
window-console-left-out = { $count ->
    [one] { $count } Zeile fehlt: Es kamen zu viele auf einmal.
   *[other] { $count } Zeilen fehlen: Es kamen zu viele auf einmal.
}
window-copy-failed = Das ließ sich nicht kopieren.
window-command = Befehl
window-command-send = Senden
window-command-sent = Gesendet.
window-command-forbidden = Dieses Konto darf die Konsole lesen, aber keine Befehle senden.
window-asking = Das Panel wird gefragt …
window-backups-none = Es gibt noch kein Backup.
window-backup-name = Name
    .hint = Leer denkt sich das Panel einen aus.
window-backup-make = Backup anlegen
window-backup-begun = Das Backup wurde begonnen.
window-backup-running = Wird angelegt
window-backup-done = Fertig
window-backup-failed = Fehlgeschlagen
window-backup-locked = geschützt
window-schedules-none = Es gibt keinen Zeitplan.
window-schedule-cron = läuft nach { $cron }
window-schedule-running = läuft gerade
window-schedule-off = ausgeschaltet
window-schedule-next = nächster Lauf { $at }
window-schedule-last = zuletzt { $at }
window-schedule-run = Jetzt ausführen
window-schedule-ask = { $name } jetzt ausführen?
    .what = Alle Schritte laufen ab, wie zur vorgesehenen Zeit.
window-schedule-yes = Ausführen
window-schedule-begun = { $name } wurde begonnen.
