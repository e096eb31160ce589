; A program that runs can be neither replaced nor removed: the agent is asked to end first.
; The installer's own check knows of the window only.
!macro END_AGENT
  ${If} ${FileExists} "$INSTDIR\pterotray.exe"
    nsExec::Exec '"$INSTDIR\pterotray.exe" quit'
    Pop $0
  ${EndIf}
!macroend

!macro NSIS_HOOK_PREINSTALL
  !insertmacro END_AGENT
!macroend

!macro NSIS_HOOK_PREUNINSTALL
  !insertmacro END_AGENT
!macroend
