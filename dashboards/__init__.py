"""The dashboards: each holds a person's choices and shows the model's answers; it computes nothing itself.

`fairshare.dashboard` loads this folder, from a checkout or from inside the installed package, under the name `fairshare_dashboards`.
"""
