package model

var indicatorsTraining []*Indicator
