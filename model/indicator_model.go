package model

var indicatorsModel []*Indicator
