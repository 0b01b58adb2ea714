@echo off
rem Lan dau: tao moi truong trong thu muc nay tu cac tep wheels, khong can mang. Cac lan sau: chay ngay.
chcp 65001 >nul
set "PYTHONUTF8=1"
set "HERE=%~dp0"
if exist "%HERE%moi-truong\Scripts\thidua.exe" goto run
py -@PYTHON@ -c "import sys" >nul 2>nul
if errorlevel 1 (
  echo LOI: may chua co Python @PYTHON@ 64 bit. Cai tu bo cai kem theo hoac python.org, roi chay lai.
  exit /b 1
)
echo Dang chuan bi lan dau, khoang mot phut...
py -@PYTHON@ -m venv "%HERE%moi-truong" || exit /b 1
"%HERE%moi-truong\Scripts\python.exe" -m pip install --quiet --no-index --find-links "%HERE%wheels" thidua || exit /b 1
:run
"%HERE%moi-truong\Scripts\thidua.exe" %*
exit /b %errorlevel%
