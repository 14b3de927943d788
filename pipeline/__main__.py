"""`python -m pipeline`: the same as `touchpoints`, where that is on no path."""

from pipeline.cli.main import main

if __name__ == "__main__":
    main()
