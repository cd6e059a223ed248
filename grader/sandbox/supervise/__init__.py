"""The trusted side: starts templates, watches their children, believes nothing they say."""
