# Everything runs in .venv, made on first use from Python 3.11 or newer and the package registry; remade when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed

.PHONY: help venv demo test lint bench kills windows-bundle clean

help:
	@echo "make demo    chạy trọn các kỳ đến sơ kết, tổng kết bằng số liệu minh họa trong thư mục demo/ (all rounds, illustrative data)"
	@echo "make test    chạy toàn bộ kiểm thử (all tests)"
	@echo "make lint    ruff và mypy"
	@echo "make bench   đo tốc độ so với numpy viết tay (speed against hand-written numpy)"
	@echo "make kills   dừng ngang các lệnh thu, công bố hàng trăm lần (hundreds of kills, every ledger proved)"
	@echo "make venv    tạo môi trường .venv với công cụ phát triển (with the development tools)"
	@echo "make windows-bundle  thư mục cài không cần mạng cho Windows: dist/thidua-windows (offline folder, untested on Windows)"
	@echo "make clean   xóa .venv, demo/ và các tệp tạm (remove what the targets above made)"

venv: $(DEVELOPMENT)

demo: $(RUNTIME)
	rm -rf demo
	$(BIN)/thidua demo demo --years

test: $(DEVELOPMENT)
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(DEVELOPMENT)
	$(BIN)/python -m benchmarks.scoring_speed
	$(BIN)/python -m benchmarks.scoring_speed --memory
	$(BIN)/python -m benchmarks.form_collection
	$(BIN)/python -m benchmarks.ranking_workbook
	$(BIN)/python -m benchmarks.ledger
	$(BIN)/python -m benchmarks.publication
	$(BIN)/python -m benchmarks.nominating
	$(BIN)/python -m benchmarks.award_reports
	$(BIN)/python -m benchmarks.score_sheets
	$(BIN)/python -m benchmarks.inspection_page --sizes 1000
	$(BIN)/python -m benchmarks.page
	$(BIN)/python -m benchmarks.intervals --repeats 3
	$(BIN)/python -m benchmarks.firmness

kills: $(DEVELOPMENT)
	$(BIN)/python -m benchmarks.kills

windows-bundle: $(RUNTIME)
	$(BIN)/python packaging/windows/bundle.py dist/thidua-windows

clean:
	rm -rf $(VENV) demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call install,REQUIREMENT): the virtual environment with the project and what it needs.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "LỖI: cần Python 3.11 trở lên; nêu bản khác bằng: make PYTHON=python3.12 ..." >&2; \
		echo "ERROR: Python 3.11 or newer is needed; name another one with: make PYTHON=python3.12 ..." >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "LỖI: không tạo được môi trường ảo; trên Debian, Ubuntu cài gói python3-venv." >&2; \
		echo "ERROR: no virtual environment could be made; on Debian and Ubuntu install python3-venv." >&2; \
		exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '$(1)'
endef

$(RUNTIME): pyproject.toml
	$(call install,.)
	@touch $@

$(DEVELOPMENT): pyproject.toml
	$(call install,.[dev])
	@touch $(RUNTIME) $@
