"""python -m thidua"""

from thidua.main import main

if __name__ == "__main__":
    main()
