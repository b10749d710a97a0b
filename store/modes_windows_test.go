package store_test

// hasModes tells that files have modes here.
const hasModes = false

func withUmask(_ int, do func()) { do() }
