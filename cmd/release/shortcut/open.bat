@echo off
cd /d "%~dp0"
mode con cols=120 lines=36 >nul 2>nul
taizhang.exe %*
if errorlevel 1 pause
