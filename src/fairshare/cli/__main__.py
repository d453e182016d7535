from fairshare.cli import main

main()
