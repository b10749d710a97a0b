package model

// Readings is readings for the test that tries every character.
var Readings = readings
